package dev.mneme.sandbox.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which versions a requirement admits: clauses that all have to hold.
 *
 * @param text as it was written
 */
record Versions(List<Clause> clauses, String text) {
  static final Versions ALL = new Versions(List.of(), "");

  private static final Pattern CLAUSE =
      Pattern.compile("\\s*(===|==|!=|<=|>=|~=|<|>)\\s*([^\\s,]+?)(\\.\\*)?\\s*");

  /**
   * @param prefix whether {@code .*} followed
   * @param numbers how many numbers were written
   */
  record Clause(String operator, Version version, boolean prefix, int numbers) {}

  Versions {
    clauses = List.copyOf(clauses);
  }

  /** Absent when the text is none. */
  static Optional<Versions> of(String text) {
    if (text.isBlank()) {
      return Optional.of(ALL);
    }
    List<Clause> clauses = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      Matcher matcher = CLAUSE.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      Optional<Version> version = Version.of(matcher.group(2));
      boolean prefix = matcher.group(3) != null;
      String operator = matcher.group(1);
      int numbers = matcher.group(2).split("\\.", -1).length;
      boolean odd = prefix && !operator.equals("==") && !operator.equals("!=");
      if (version.isEmpty() || odd || (operator.equals("~=") && numbers < 2)) {
        return Optional.empty();
      }
      clauses.add(new Clause(operator, version.get(), prefix, numbers));
    }
    return Optional.of(new Versions(clauses, text.strip()));
  }

  boolean admit(Version version) {
    return clauses.stream().allMatch(clause -> holds(clause, version));
  }

  /** Whether a pre-release is named, which then is wanted. */
  boolean namePreRelease() {
    return clauses.stream().anyMatch(clause -> clause.version().isPreRelease());
  }

  private static boolean holds(Clause clause, Version version) {
    Version wanted = clause.version();
    int order = version.withoutLocal().compareTo(wanted.withoutLocal());
    return switch (clause.operator()) {
      case "==", "===" -> equal(clause, version, order);
      case "!=" -> !equal(clause, version, order);
      case ">=" -> order >= 0;
      case "<=" -> order <= 0;
      // A pre-release of what is excluded is no earlier version that somebody wants, nor a
      // post-release a later one.
      case "<" ->
          order < 0
              && !(version.isPreRelease() && !wanted.isPreRelease() && version.sameRelease(wanted));
      case ">" ->
          order > 0 && !(version.isPost() && !wanted.isPost() && version.sameRelease(wanted));
      default -> order >= 0 && startsWith(version, wanted, clause.numbers() - 1);
    };
  }

  private static boolean equal(Clause clause, Version version, int order) {
    Version wanted = clause.version();
    return clause.prefix()
        ? startsWith(version, wanted, clause.numbers())
        : order == 0 && (wanted.local().isEmpty() || wanted.local().equals(version.local()));
  }

  private static boolean startsWith(Version version, Version wanted, int numbers) {
    List<Integer> prefix = new ArrayList<>(wanted.release());
    while (prefix.size() < numbers) {
      prefix.add(0);
    }
    return version.startsWith(wanted.epoch(), prefix.subList(0, numbers));
  }
}
