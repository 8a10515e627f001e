package dev.mneme.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Python's version specifiers that {@code requires-python} uses. */
final class PythonVersions {
  private static final Pattern CLAUSE =
      Pattern.compile("\\s*(>=|<=|==|!=|~=|>|<)\\s*(\\d{1,4}(?:\\.\\d{1,4}){0,2})(\\.\\*)?\\s*");

  private PythonVersions() {}

  /** Whether a version such as {@code 3.12} satisfies the specifier; empty when it is none. */
  static Optional<Boolean> allows(String specifier, List<Integer> version) {
    boolean all = true;
    for (String clause : specifier.split(",", -1)) {
      Matcher matcher = CLAUSE.matcher(clause);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      List<Integer> wanted =
          Arrays.stream(matcher.group(2).split("\\.")).map(Integer::valueOf).toList();
      all &= holds(matcher.group(1), matcher.group(3) != null, version, wanted);
    }
    return Optional.of(all);
  }

  private static boolean holds(
      String operator, boolean prefix, List<Integer> version, List<Integer> wanted) {
    int order = compare(version, wanted, prefix ? wanted.size() : 3);
    return switch (operator) {
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case "<" -> order < 0;
      case "==" -> order == 0;
      case "!=" -> order != 0;
      default -> order >= 0 && compare(version, wanted, Math.max(1, wanted.size() - 1)) == 0;
    };
  }

  private static int compare(List<Integer> left, List<Integer> right, int parts) {
    for (int i = 0; i < parts; i++) {
      int difference = Integer.compare(part(left, i), part(right, i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  private static int part(List<Integer> version, int index) {
    return index < version.size() ? version.get(index) : 0;
  }
}
