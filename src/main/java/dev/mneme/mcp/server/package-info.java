/**
 * The MCP face: one front that sees every message first, on HTTP and on the Unix socket of the
 * relay, and hands what is sound to the adapter of the protocol era.
 *
 * <p>The front bounds sizes, checks JSON and ids, owns sessions and cancellation, and writes errors
 * without stack traces. Its sub-packages hold the catalog, the tools and the adapters. It may use
 * every lower floor.
 */
@NullMarked
package dev.mneme.mcp.server;

import org.jspecify.annotations.NullMarked;
