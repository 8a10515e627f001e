package dev.mneme.app;

import dev.mneme.common.Texts;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of settings: as keys, as variables, and what somebody may have meant. */
final class ConfigNames {
  private final Set<String> keys;

  ConfigNames(Set<String> keys) {
    this.keys = keys;
  }

  static String variable(String key) {
    return "MNEME_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  String unknown(String key) {
    String shown = Texts.shorten(key, 80);
    String section = section(key);
    List<String> there = keys.stream().filter(k -> section(k).equals(section)).toList();
    String choice =
        there.isEmpty() || section.isEmpty()
            ? "Sections: "
                + keys.stream()
                    .map(ConfigNames::section)
                    .filter(s -> !s.isEmpty())
                    .distinct()
                    .collect(Collectors.joining(", "))
            : "Settings of ["
                + section
                + "]: "
                + there.stream()
                    .map(k -> k.substring(section.length() + 1))
                    .collect(Collectors.joining(", "));
    return shown
        + " is not a setting"
        + closest(key, keys).map(k -> "; did you mean " + k + "? ").orElse(". ")
        + choice
        + '.';
  }

  /** Variables that begin like those of a section but are none. */
  Stream<String> suspicious(Collection<String> variables) {
    Set<String> right = keys.stream().map(ConfigNames::variable).collect(Collectors.toSet());
    Set<String> sections =
        keys.stream()
            .map(ConfigNames::section)
            .filter(s -> !s.isEmpty())
            .map(s -> variable(s) + '_')
            .collect(Collectors.toSet());
    return variables.stream()
        .filter(v -> !right.contains(v) && sections.stream().anyMatch(v::startsWith))
        .sorted()
        .map(v ->
            v
                + " in the environment is not a setting and is ignored"
                + closest(v, right).map(k -> "; did you mean " + k + "?").orElse("."));
  }

  private static String section(String key) {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }

  private static Optional<String> closest(String name, Collection<String> candidates) {
    String best = "";
    int least = 4;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - name.length()) < least) {
        int distance = distance(name, candidate);
        if (distance < least) {
          least = distance;
          best = candidate;
        }
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
