/**
 * The adapter for MCP revisions 2024-11-05 to 2025-11-25, on the official Java SDK.
 *
 * <p>The SDK brings transports, sessions and wire types; what is listed and called comes from the
 * catalog. Nothing else imports this package but the composition root, so that it can be deleted
 * whole.
 */
@NullMarked
package dev.mneme.mcp.server.legacy;

import org.jspecify.annotations.NullMarked;
