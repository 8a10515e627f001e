package dev.mneme.mcp.client;

import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.OAuthHttp;
import dev.mneme.mcp.client.wire.Access;
import java.net.URI;

/** Knows what opens a server that wants to know who asks. */
@FunctionalInterface
public interface Doors {
  /**
   * @param http the way to those who may let us in
   */
  Access to(ServerSpec spec, URI server, OAuthHttp http);
}
