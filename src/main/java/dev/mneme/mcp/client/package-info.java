/**
 * Other MCP servers, kept running, and their tools as tools of this server. Each server is
 * supervised by itself: one that hangs, floods, crashes or lies changes nothing for the others. A
 * tool's definition is pinned at its first use, so that it cannot change behind anybody's back.
 *
 * <p>It may use {@code tool}, {@code store}, {@code secret}, {@code net} and {@code common}; the
 * policy and the ledger stand before it, not in it.
 */
@NullMarked
package dev.mneme.mcp.client;

import org.jspecify.annotations.NullMarked;
