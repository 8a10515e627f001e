package dev.mneme.app;

import dev.mneme.common.MnemeException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the listener may bind. */
final class Bind {
  private Bind() {}

  /**
   * @throws MnemeException denied, where others than this machine could reach the address and would
   *     not be asked for a key
   */
  static void requireSafe(String host, AuthConfig auth) {
    if (!auth.asksEverybody() && !isLoopback(host)) {
      throw MnemeException.denied(
          "host_needs_key",
          host
              + " can be reached from other machines, and nobody would be asked for a key. Set keys"
              + " (auth.keys in mneme.toml, or MNEME_AUTH_KEYS=NAME:KEY, and auth.keyless ="
              + " \"auto\") or an issuer of tokens (auth.issuer), or use --host 127.0.0.1 and an"
              + " SSH tunnel.");
    }
  }

  /** Whether only this machine can reach the address. */
  static boolean isLoopback(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          return false;
        }
      }
      return true;
    } catch (UnknownHostException e) {
      throw MnemeException.invalid(
          "unknown_host", "The host " + host + " is not known. Use --host 127.0.0.1.");
    }
  }
}
