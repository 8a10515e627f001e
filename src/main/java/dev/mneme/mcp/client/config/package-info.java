/**
 * Which other MCP servers there are, as the operator's {@code servers.json} says: read, checked,
 * variables filled in. What is wrong with one entry concerns that entry alone.
 *
 * <p>It may use {@code common}.
 */
@NullMarked
package dev.mneme.mcp.client.config;

import org.jspecify.annotations.NullMarked;
