package dev.mneme.sandbox.packages;

import dev.mneme.common.MnemeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A package that is needed (PEP 508), by name: URLs are not taken.
 *
 * @param name normalized: lower case, {@code -} for all that separates
 * @param condition where it counts at all; empty where it always does
 */
record Requirement(String name, List<String> extras, Versions versions, String condition) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[([^\\]]*)\\])?\\s*"
              + "(?:\\(([^)]*)\\)|([^;(@]*))\\s*(?:;(.*))?");

  Requirement {
    extras = List.copyOf(extras);
  }

  /** Absent where it is none, or one with a URL. */
  static Optional<Requirement> find(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.length() > 1_000 || !parts.matches()) {
      return Optional.empty();
    }
    String versions = parts.group(3) == null ? parts.group(4) : parts.group(3);
    List<String> extras =
        parts.group(2) == null
            ? List.of()
            : Arrays.stream(parts.group(2).split(",", -1))
                .map(Requirement::normal)
                .filter(extra -> !extra.isEmpty())
                .toList();
    String condition = parts.group(5) == null ? "" : parts.group(5).strip();
    return Versions.of(versions)
        .map(admitted -> new Requirement(normal(parts.group(1)), extras, admitted, condition));
  }

  static Requirement of(String text) {
    return find(text)
        .orElseThrow(() ->
            MnemeException.invalid(
                "invalid_package",
                "'" + text + "' names no package; write a name and versions: tabulate>=0.9,<1"));
  }

  static String normal(String name) {
    return name.strip().replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name + versions.text();
  }
}
