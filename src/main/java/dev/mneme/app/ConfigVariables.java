package dev.mneme.app;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the environment's values for {@code ${NAME}} and {@code ${NAME:-default}}. */
final class ConfigVariables {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{");

  private final Map<String, String> environment;

  ConfigVariables(Map<String, String> environment) {
    this.environment = environment;
  }

  static boolean in(String text) {
    return text.contains("${");
  }

  /** What is wrong with the variables in the text, if anything. */
  Optional<String> problem(String text) {
    Matcher found = VARIABLE.matcher(text);
    while (found.find()) {
      String name = found.group(1);
      if (name == null && found.group().equals("${")) {
        return Optional.of(
            "has a ${ that begins no variable; write ${NAME}, ${NAME:-default}, or $${ for the"
                + " characters themselves");
      }
      if (name != null && found.group(2) == null && !environment.containsKey(name)) {
        return Optional.of(
            "names the variable "
                + name
                + ", which is not set; set it, or write ${"
                + name
                + ":-default}");
      }
    }
    return Optional.empty();
  }

  String expand(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(value(m.group(1), m.group(2))));
  }

  private String value(@Nullable String name, @Nullable String fallback) {
    if (name == null) {
      return "${";
    }
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() && fallback != null ? fallback : value;
  }
}
