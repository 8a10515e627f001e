/**
 * The era without sessions, from revision 2026-07-28 on: each request carries version, client and
 * capabilities; what the server wants of the client meanwhile is a result that asks for another
 * round.
 *
 * <p>It may use the front, the catalog and the shared methods. It can be deleted whole when the SDK
 * speaks this era.
 */
@NullMarked
package dev.mneme.mcp.server.modern;

import org.jspecify.annotations.NullMarked;
