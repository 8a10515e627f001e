package dev.mneme.net;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the operator allows beyond the public internet.
 *
 * @param namedHosts hosts the operator's configuration names, as {@code host} or {@code host:port};
 *     they may have private addresses and take a key without TLS
 * @param connectTimeout how long to wait for a connection
 */
public record NetPolicy(Set<String> namedHosts, Duration connectTimeout) {
  /** Public hosts only. */
  public static final NetPolicy PUBLIC_ONLY = new NetPolicy(Set.of(), Duration.ofSeconds(10));

  public NetPolicy {
    namedHosts =
        namedHosts.stream()
            .map(h -> h.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The same policy with the host and port of a configured URL named too. */
  public NetPolicy naming(URI configured) {
    String host = Origin.of(configured).hostAndPort();
    Set<String> more = new java.util.HashSet<>(namedHosts);
    more.add(host);
    return new NetPolicy(more, connectTimeout);
  }

  /** Whether the operator named the host of a URL. */
  public boolean isNamed(URI uri) {
    Origin origin = Origin.of(uri);
    return names(origin.host(), origin.port());
  }

  boolean names(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return namedHosts.contains(lower) || namedHosts.contains(lower + ':' + port);
  }
}
