package dev.mneme.mcp.client.oauth;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says that it wants, of the kind Bearer.
 *
 * @param metadata where it describes who may let us in
 * @param scopes it wants; absent where it names none
 */
record Challenge(Optional<String> metadata, Optional<List<String>> scopes, Optional<String> error) {
  static final Challenge NONE = new Challenge(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int MAX = 8_000;
  private static final Pattern PART =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))");

  /** Reads the headers {@code WWW-Authenticate}; the first of the kind Bearer counts. */
  static Challenge of(List<String> headers) {
    return headers.stream()
        .filter(header -> header.length() <= MAX)
        .map(Challenge::bearer)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(NONE);
  }

  boolean wantsMore() {
    return error.filter("insufficient_scope"::equals).isPresent();
  }

  private static Optional<Challenge> bearer(String header) {
    int at = header.toLowerCase(Locale.ROOT).indexOf("bearer");
    if (at < 0) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    Matcher part = PART.matcher(header.substring(at + "bearer".length()));
    while (part.find()) {
      String quoted = part.group(2);
      String value = quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      found.putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), value);
    }
    return Optional.of(
        new Challenge(
            Optional.ofNullable(found.get("resource_metadata")),
            Optional.ofNullable(found.get("scope")).map(Challenge::words),
            Optional.ofNullable(found.get("error"))));
  }

  static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
