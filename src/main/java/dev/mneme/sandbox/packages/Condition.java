package dev.mneme.sandbox.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides where a requirement counts (the markers of PEP 508), such as {@code python_version <
 * "3.12" and extra == "fast"}. A condition that cannot be read counts as met: one package too many
 * does no harm.
 */
final class Condition {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\\(|\\)|===|==|!=|<=|>=|~=|<|>|'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_.]*)");

  private final List<String> tokens;
  private final Map<String, String> facts;
  private int at;

  private Condition(List<String> tokens, Map<String, String> facts) {
    this.tokens = tokens;
    this.facts = facts;
  }

  /**
   * @param facts values by name, {@code extra} among them where one is asked for
   */
  static boolean isMet(String text, Map<String, String> facts) {
    if (text.isBlank()) {
      return true;
    }
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    Condition condition = new Condition(tokens, facts);
    try {
      boolean met = condition.either();
      return !text.substring(end).isBlank() || condition.at < tokens.size() || met;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private boolean either() {
    boolean met = both();
    while (accept("or")) {
      met |= both();
    }
    return met;
  }

  private boolean both() {
    boolean met = one();
    while (accept("and")) {
      met &= one();
    }
    return met;
  }

  private boolean one() {
    if (accept("(")) {
      boolean met = either();
      if (!accept(")")) {
        throw new IllegalArgumentException("a bracket is missing");
      }
      return met;
    }
    String left = next();
    String operator = next();
    if (operator.equals("not")) {
      operator = "not " + next();
    }
    return compare(value(left), operator, value(next()));
  }

  private static boolean compare(String left, String operator, String right) {
    if (operator.equals("in")) {
      return right.contains(left);
    }
    if (operator.equals("not in")) {
      return !right.contains(left);
    }
    Optional<Version> version = Version.of(left);
    Optional<Versions> wanted =
        Version.of(right).isPresent() || right.endsWith(".*")
            ? Versions.of(operator + right)
            : Optional.empty();
    if (version.isPresent() && wanted.isPresent()) {
      return wanted.get().admit(version.get());
    }
    return switch (operator) {
      case "==", "===" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> left.compareTo(right) < 0;
      case "<=" -> left.compareTo(right) <= 0;
      case ">" -> left.compareTo(right) > 0;
      case ">=" -> left.compareTo(right) >= 0;
      default -> throw new IllegalArgumentException("no operator: " + operator);
    };
  }

  private String value(String token) {
    if (token.startsWith("'") || token.startsWith("\"")) {
      return token.substring(1, token.length() - 1);
    }
    return facts.getOrDefault(token, "");
  }

  private boolean accept(String token) {
    boolean there = at < tokens.size() && tokens.get(at).equals(token);
    at += there ? 1 : 0;
    return there;
  }

  private String next() {
    if (at >= tokens.size()) {
      throw new IllegalArgumentException("it ends too early");
    }
    return tokens.get(at++);
  }
}
