/**
 * Logs in to other servers by OAuth 2.1: finds out who may let us in, asks a person once, and keeps
 * and renews the tokens after that. A token is one owner's for one server, and credentials belong
 * to the authorization server that gave them.
 *
 * <p>It may use {@code net}, {@code secret}, {@code common} and the wire package; it knows no
 * table.
 */
@NullMarked
package dev.mneme.mcp.client.oauth;

import org.jspecify.annotations.NullMarked;
