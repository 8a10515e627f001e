package dev.mneme.sandbox.packages;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One way to write what can be written in several. */
public final class Requirements {
  private Requirements() {}

  /**
   * The same requirements in one order and spelling, each once, so that those who ask for the same
   * get the same.
   *
   * @throws dev.mneme.common.MnemeException {@code invalid_package}
   */
  public static List<String> normal(List<String> texts) {
    return texts.stream().map(text -> normal(Requirement.of(text))).distinct().sorted().toList();
  }

  private static String normal(Requirement requirement) {
    String extras =
        requirement.extras().stream()
            .distinct()
            .sorted()
            .collect(Collectors.joining(",", "[", "]"));
    String versions =
        Arrays.stream(requirement.versions().text().split(",", -1))
            .map(clause -> clause.replaceAll("\\s+", "").toLowerCase(Locale.ROOT))
            .filter(clause -> !clause.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    String condition = requirement.condition().replaceAll("\\s+", " ");
    return requirement.name()
        + (requirement.extras().isEmpty() ? "" : extras)
        + versions
        + (condition.isEmpty() ? "" : "; " + condition);
  }
}
