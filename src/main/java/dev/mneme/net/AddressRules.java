package dev.mneme.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from all others.
 *
 * <p>The tables follow the special-purpose address registries of IANA. An address that carries an
 * IPv4 address inside (mapped, compatible, NAT64) is judged by that one; tunnels whose far end
 * cannot be known (6to4, Teredo) are not public.
 */
final class AddressRules {
  private static final List<Range> NOT_PUBLIC_V4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");
  private static final Range UNICAST_V6 = range("2000::/3");
  private static final List<Range> NOT_PUBLIC_V6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");
  private static final Range NAT64 = range("64:ff9b::/96");
  private static final int V4_IN_V6 = 12;

  private AddressRules() {}

  static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return NOT_PUBLIC_V4.stream().noneMatch(r -> r.contains(bytes));
    }
    if (isMapped(bytes) || NAT64.contains(bytes)) {
      byte[] inner = Arrays.copyOfRange(bytes, V4_IN_V6, bytes.length);
      return NOT_PUBLIC_V4.stream().noneMatch(r -> r.contains(inner));
    }
    return UNICAST_V6.contains(bytes) && NOT_PUBLIC_V6.stream().noneMatch(r -> r.contains(bytes));
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static List<Range> ranges(String... texts) {
    return Arrays.stream(texts).map(AddressRules::range).toList();
  }

  private static Range range(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress base = InetAddress.ofLiteral(text.substring(0, slash));
      return new Range(
          InetAddress.getByAddress(base.getAddress()), Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private record Range(InetAddress base, int bits) {
    boolean contains(byte[] address) {
      byte[] prefix = base.getAddress();
      if (prefix.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += Byte.SIZE) {
        int mask = 0xff << Math.max(0, bit + Byte.SIZE - bits);
        if (((prefix[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
