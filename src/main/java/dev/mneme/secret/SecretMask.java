package dev.mneme.secret;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text that is shown: the values it was told, and whatever has the shape of a
 * well-known kind of key. Thread-safe.
 *
 * <p>A last defence for logs and dumps; it cannot know a secret of no known shape.
 */
public final class SecretMask {
  /** Shorter values would blank out ordinary words. */
  private static final int SHORTEST = 6;

  private static final String NAME =
      "(?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|secret[_-]?key|password"
          + "|passwd)";

  private static final List<Pattern> WHOLE =
      List.of(
          Pattern.compile("\\bsk-[A-Za-z0-9_-]{16,}"),
          Pattern.compile("\\bAIza[A-Za-z0-9_-]{30,}"),
          Pattern.compile("\\b(?:gh[oprsu]_|github_pat_|glpat-|hf_|npm_|pypi-)[A-Za-z0-9_-]{16,}"),
          Pattern.compile("\\bxox[abeprs]-[A-Za-z0-9-]{10,}"),
          Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*"),
          Pattern.compile(
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,10000}(?:-----END [A-Z ]{0,30}"
                  + "PRIVATE KEY-----)?"));

  /** What stands before the secret is kept, as group 1. */
  private static final List<Pattern> AFTER =
      List.of(
          Pattern.compile("(?i)(\\b(?:bearer|basic)\\s{1,4})[A-Za-z0-9+/=._~-]{8,}"),
          Pattern.compile("(://[^/\\s:@]{0,200}:)[^/\\s@]{1,200}(?=@)"),
          Pattern.compile("(?i)(" + NAME + "[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?)[^\\s\"',;&]{4,}"));

  private final List<String> known;

  private SecretMask(List<String> known) {
    this.known = known;
  }

  /** A mask for these values and the well-known shapes. */
  public static SecretMask of(Collection<SecretText> secrets) {
    return new SecretMask(
        secrets.stream()
            .map(SecretText::reveal)
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
  }

  public String mask(String text) {
    String masked = text;
    for (String value : known) {
      masked = masked.replace(value, SecretText.MASK);
    }
    for (Pattern shape : WHOLE) {
      masked = shape.matcher(masked).replaceAll(SecretText.MASK);
    }
    for (Pattern shape : AFTER) {
      masked = shape.matcher(masked).replaceAll("$1" + SecretText.MASK);
    }
    return masked;
  }
}
