package dev.mneme.tool;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which hosts are meant: {@code name}, {@code name:port} or {@code *.name} for all below a name.
 * Without a port the ports of HTTP and HTTPS are meant.
 *
 * @param name lower case
 */
public record HostPattern(boolean below, String name, Optional<Integer> port) {
  private static final Pattern FORM =
      Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)(?::([0-9]{1,5}))?");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
  private static final List<String> INSIDE = List.of(".localhost", ".local", ".internal", ".lan");

  /** Whether a text is such a pattern. */
  public static boolean isOne(String text) {
    return FORM.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  public static Optional<HostPattern> of(String text) {
    Matcher parts = FORM.matcher(text.toLowerCase(Locale.ROOT));
    return parts.matches()
        ? Optional.of(
            new HostPattern(
                parts.group(1) != null,
                parts.group(2),
                Optional.ofNullable(parts.group(4)).map(Integer::parseInt)))
        : Optional.empty();
  }

  /** Whether a URL leads to such a host. */
  public boolean fits(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    int usual = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    int given = uri.getPort() == -1 ? usual : uri.getPort();
    return port.map(only -> only == given).orElse(given == usual) && covers(host);
  }

  /** Whether it can only mean a host inside: an address, or a name no public server has. */
  public boolean isInside() {
    return !below
        && (ADDRESS.matcher(name).matches()
            || name.indexOf('.') < 0
            || INSIDE.stream().anyMatch(name::endsWith));
  }

  private boolean covers(String host) {
    return below ? host.endsWith("." + name) : host.equals(name);
  }

  private boolean covers(HostPattern other) {
    boolean ports = port.isEmpty() ? other.port.isEmpty() : port.equals(other.port);
    boolean names =
        other.below ? below && ("." + other.name).endsWith("." + name) : covers(other.name);
    return ports && names;
  }

  /** What both lists mean, as patterns. */
  public static List<String> common(List<String> some, List<String> others) {
    List<String> both = new ArrayList<>();
    for (HostPattern one : all(some)) {
      for (HostPattern other : all(others)) {
        if (other.covers(one)) {
          both.add(one.toString());
        } else if (one.covers(other)) {
          both.add(other.toString());
        }
      }
    }
    return both.stream().distinct().toList();
  }

  private static List<HostPattern> all(List<String> texts) {
    return texts.stream().flatMap(text -> of(text).stream()).toList();
  }

  @Override
  public String toString() {
    return (below ? "*." : "") + name + port.map(number -> ":" + number).orElse("");
  }
}
