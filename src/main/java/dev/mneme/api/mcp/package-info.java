/**
 * Other MCP servers over REST, in the newer and the older form of the Letta API. Translation only;
 * whether a program may start is not decided here, and cannot be.
 */
@NullMarked
package dev.mneme.api.mcp;

import org.jspecify.annotations.NullMarked;
