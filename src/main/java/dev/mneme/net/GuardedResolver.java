package dev.mneme.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a name for one connection, which then goes to exactly the addresses checked here: a name
 * that changes its address between check and use (rebinding) gains nothing.
 */
final class GuardedResolver implements DnsResolver {
  private final NetPolicy policy;
  private final NameLookup lookup;

  GuardedResolver(NetPolicy policy, NameLookup lookup) {
    this.policy = policy;
    this.lookup = lookup;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    List<InetAddress> addresses = lookup.resolve(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    if (!policy.names(host, port) && !addresses.stream().allMatch(AddressRules::isPublic)) {
      throw new NetErrors.RefusedAddress(host);
    }
    return addresses.stream().map(a -> new InetSocketAddress(a, port)).toList();
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
