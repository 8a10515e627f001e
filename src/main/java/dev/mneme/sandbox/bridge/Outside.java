package dev.mneme.sandbox.bridge;

import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.tool.HostPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The way out for tools. Public hosts only, except for those that a grant names and that can only
 * be inside: such a grant is the operator's word for it. Thread-safe.
 */
public final class Outside implements AutoCloseable {
  private final Map<Set<String>, OutboundClient> clients = new ConcurrentHashMap<>();

  /** A client that may reach what these grants name. */
  OutboundClient reach(List<HostPattern> granted) {
    Set<String> inside =
        granted.stream()
            .filter(HostPattern::isInside)
            .map(HostPattern::toString)
            .collect(Collectors.toUnmodifiableSet());
    return clients.computeIfAbsent(
        inside,
        names -> new OutboundClient(new NetPolicy(names, NetPolicy.PUBLIC_ONLY.connectTimeout())));
  }

  @Override
  public void close() {
    clients.values().forEach(OutboundClient::close);
  }
}
