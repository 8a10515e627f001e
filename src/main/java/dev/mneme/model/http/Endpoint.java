package dev.mneme.model.http;

import dev.mneme.net.Credential;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where a provider is reached.
 *
 * @param provider the first part of its handles, for messages
 * @param base its paths are appended to this
 * @param key sent to the origin of {@code base} and nowhere else; absent where none is needed
 * @param headers sent with every request
 * @param silence how long it may send nothing
 */
public record Endpoint(
    String provider,
    URI base,
    Optional<Credential> key,
    Map<String, String> headers,
    Duration silence) {
  public Endpoint {
    headers = Map.copyOf(headers);
    String text = base.toString();
    base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  URI at(String path) {
    return URI.create(base + path);
  }
}
