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
 * What a server says that it wants, of the kinds Bearer and DPoP.
 *
 * @param metadata where it describes who may let us in
 * @param scopes it wants; absent where it names none
 * @param bound whether it wants tokens that are bound to a key
 */
record Challenge(
    Optional<String> metadata,
    Optional<List<String>> scopes,
    Optional<String> error,
    boolean bound) {
  static final Challenge NONE =
      new Challenge(Optional.empty(), Optional.empty(), Optional.empty(), false);

  private static final int MAX = 8_000;
  private static final Pattern PART =
      Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))");

  /** Reads the headers {@code WWW-Authenticate}; the first of the kind Bearer counts, else DPoP. */
  static Challenge of(List<String> headers) {
    return find(headers, "bearer").or(() -> find(headers, "dpop")).orElse(NONE);
  }

  private static Optional<Challenge> find(List<String> headers, String kind) {
    return headers.stream()
        .filter(header -> header.length() <= MAX)
        .map(header -> read(header, kind))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Whether all that is missing is what the server wants to find in proofs. */
  boolean wantsNonce() {
    return error.filter("use_dpop_nonce"::equals).isPresent();
  }

  boolean wantsMore() {
    return error.filter("insufficient_scope"::equals).isPresent();
  }

  private static Optional<Challenge> read(String header, String kind) {
    Matcher scheme =
        Pattern.compile("(?:^|,)\\s*" + kind + "(?:\\s|$)")
            .matcher(header.toLowerCase(Locale.ROOT));
    int at = scheme.find() ? scheme.end() : -1;
    if (at < 0) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    Matcher part = PART.matcher(header.substring(at));
    while (part.find()) {
      String quoted = part.group(2);
      String value = quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      found.putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), value);
    }
    return Optional.of(
        new Challenge(
            Optional.ofNullable(found.get("resource_metadata")),
            Optional.ofNullable(found.get("scope")).map(Challenge::words),
            Optional.ofNullable(found.get("error")),
            kind.equals("dpop")));
  }

  static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
