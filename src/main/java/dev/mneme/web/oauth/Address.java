package dev.mneme.web.oauth;

import dev.mneme.web.Callers;
import dev.mneme.web.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What this server is called by those who issue tokens for it. A token may be for all of it, for a
 * face, or for the address of one agent, and is good for what stands under that. Immutable.
 *
 * <p>Where no address is configured the name in {@code Host} counts, which the guard lets be a name
 * of the loopback only.
 */
final class Address {
  private static final String MCP = "/mcp";
  private static final String REST = "/v1";

  private final Optional<String> configured;

  /**
   * @param configured scheme, host and port
   */
  Address(Optional<URI> configured) {
    this.configured = configured.map(uri -> uri.getScheme() + "://" + uri.getRawAuthority());
  }

  /** Where the description of what a request is addressed to stands. */
  String metadata(HttpServletRequest request) {
    return base(request) + Callers.METADATA + place(Scopes.path(request));
  }

  /** The resource that a description stands for; nothing where there is none. */
  Optional<String> described(HttpServletRequest request) {
    String path = Scopes.path(request).substring(Callers.METADATA.length());
    String place = path.equals("/") ? "" : path;
    return place.equals(place(place)) ? Optional.of(base(request) + place) : Optional.empty();
  }

  /** The names of what a request is addressed to, and of all it stands under. */
  Set<String> names(HttpServletRequest request) {
    String base = base(request);
    String place = place(Scopes.path(request));
    Set<String> names = new LinkedHashSet<>();
    names.add(base);
    names.add(base + "/");
    if (Scopes.isUnder(place, MCP)) {
      names.add(base + MCP);
    }
    names.add(base + place);
    return names;
  }

  /** What the path is part of: a face, one agent, or the whole. */
  private static String place(String path) {
    if (Scopes.isUnder(path, MCP)) {
      return path.matches("/mcp/agents/[A-Za-z0-9._~-]{1,100}") ? path : MCP;
    }
    return Scopes.isUnder(path, REST) ? REST : "";
  }

  private String base(HttpServletRequest request) {
    return configured.orElseGet(() -> "http://" + request.getHeader("Host"));
  }
}
