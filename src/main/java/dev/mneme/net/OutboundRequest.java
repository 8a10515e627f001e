package dev.mneme.net;

import dev.mneme.common.MnemeException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to another host.
 *
 * @param headers plain headers; keys belong into {@code credentials}
 * @param credentials sent only to the origin each was stored with
 * @param timeout for all of it: redirects, answer and body
 * @param silence how long nothing may arrive
 * @param maxBytes the largest body accepted
 */
public record OutboundRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    List<Credential> credentials,
    Optional<OutboundBody> body,
    Duration timeout,
    Duration silence,
    long maxBytes) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long MAX_BYTES = 10L << 20;

  public OutboundRequest {
    headers = Map.copyOf(headers);
    credentials = List.copyOf(credentials);
    if (!timeout.isPositive() || !silence.isPositive() || maxBytes < 0) {
      throw MnemeException.invalid("invalid_request", "A request needs a time and a size limit.");
    }
  }

  public static OutboundRequest get(URI uri) {
    return new OutboundRequest(
        "GET", uri, Map.of(), List.of(), Optional.empty(), TIMEOUT, TIMEOUT, MAX_BYTES);
  }

  public static OutboundRequest post(URI uri, OutboundBody body) {
    return new OutboundRequest(
        "POST", uri, Map.of(), List.of(), Optional.of(body), TIMEOUT, TIMEOUT, MAX_BYTES);
  }

  public OutboundRequest with(Credential credential) {
    List<Credential> all = new java.util.ArrayList<>(credentials);
    all.add(credential);
    return new OutboundRequest(method, uri, headers, all, body, timeout, silence, maxBytes);
  }

  public OutboundRequest withHeaders(Map<String, String> more) {
    return new OutboundRequest(method, uri, more, credentials, body, timeout, silence, maxBytes);
  }

  public OutboundRequest within(Duration time, long bytes) {
    return new OutboundRequest(method, uri, headers, credentials, body, time, time, bytes);
  }

  /** The same, given up earlier when nothing arrives for so long. */
  public OutboundRequest silentFor(Duration longest) {
    return new OutboundRequest(method, uri, headers, credentials, body, timeout, longest, maxBytes);
  }

  /** The request a redirect asks for. */
  OutboundRequest redirected(URI target, boolean asGet) {
    return new OutboundRequest(
        asGet ? "GET" : method,
        target,
        headers,
        credentials,
        asGet ? Optional.empty() : body,
        timeout,
        silence,
        maxBytes);
  }
}
