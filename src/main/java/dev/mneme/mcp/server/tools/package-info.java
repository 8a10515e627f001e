/**
 * The tools of the MCP face: each translates arguments to one call on a service and its result to a
 * reply, and holds no other logic.
 *
 * <p>It may use the catalog's records and the services of {@code memory}, {@code agent}, {@code
 * tool} and {@code engine}; it knows no protocol.
 */
@NullMarked
package dev.mneme.mcp.server.tools;

import org.jspecify.annotations.NullMarked;
