/**
 * What the MCP face offers: tools, resources, prompts and completions as plain records whose
 * handlers know no wire.
 *
 * <p>Adapters for each protocol era read it; feature packages fill it. It may use {@code common}
 * only.
 */
@NullMarked
package dev.mneme.mcp.server.catalog;

import org.jspecify.annotations.NullMarked;
