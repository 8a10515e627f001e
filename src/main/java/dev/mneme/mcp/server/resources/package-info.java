/**
 * Memory blocks, passages and journals as MCP resources, the prompts, and completions for both.
 *
 * <p>It may use the catalog's records and the services of {@code memory} and {@code agent}; it
 * knows no protocol.
 */
@NullMarked
package dev.mneme.mcp.server.resources;

import org.jspecify.annotations.NullMarked;
