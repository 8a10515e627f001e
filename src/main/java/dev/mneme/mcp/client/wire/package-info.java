/**
 * Speaks MCP to one other server: JSON-RPC over the standard streams of a program or over HTTP.
 * Whatever the other side does, memory and waiting stay bounded, and programs end with all they
 * started.
 *
 * <p>It may use {@code net}, {@code store} for private files, and {@code common}, and knows nothing
 * of tools.
 */
@NullMarked
package dev.mneme.mcp.client.wire;

import org.jspecify.annotations.NullMarked;
