package dev.mneme.app;

import dev.mneme.common.MnemeException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the listener may bind while it asks nobody for a key. */
final class Bind {
  private Bind() {}

  /**
   * @throws MnemeException denied, where others than this machine could reach the address
   */
  static void requireLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          throw MnemeException.denied(
              "host_needs_key",
              "Mneme listens on this machine only, because it asks nobody for a key yet, and "
                  + host
                  + " can be reached by others. Use --host 127.0.0.1, and an SSH tunnel to reach it"
                  + " from elsewhere.");
        }
      }
    } catch (UnknownHostException e) {
      throw MnemeException.invalid(
          "unknown_host", "The host " + host + " is not known. Use --host 127.0.0.1.");
    }
  }
}
