package dev.mneme.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where a host name leads. */
@FunctionalInterface
public interface NameLookup {
  /** The resolver of the operating system. */
  NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  List<InetAddress> resolve(String host) throws UnknownHostException;
}
