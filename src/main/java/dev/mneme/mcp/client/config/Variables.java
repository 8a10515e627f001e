package dev.mneme.mcp.client.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${X}}, {@code ${X:-default}}, {@code ${env:X}} and {@code ${input:id}}, and
 * {@code {{ SECRET }}} where secrets may stand. Immutable.
 */
public final class Variables {
  private static final Pattern FORM = Pattern.compile("\\$\\{([^}]*)}");
  private static final Pattern SECRET = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String DEFAULT = ":-";

  /** Names a variable that has no value. */
  static final class Unset extends Exception {
    private static final long serialVersionUID = 1L;

    Unset(String message) {
      super(message);
    }
  }

  private final Function<String, Optional<String>> environment;
  private final Function<String, Optional<String>> secrets;
  private final Map<String, Optional<String>> inputs;

  /**
   * @param environment the value of a variable
   * @param secrets the value of a secret
   * @param inputs those that are declared, with their default
   */
  Variables(
      Function<String, Optional<String>> environment,
      Function<String, Optional<String>> secrets,
      Map<String, Optional<String>> inputs) {
    this.environment = environment;
    this.secrets = secrets;
    this.inputs = Map.copyOf(inputs);
  }

  /** The same, and secrets where their names stand between double braces. */
  String expandSecrets(String text) throws Unset {
    Matcher found = SECRET.matcher(expand(text));
    StringBuilder filled = new StringBuilder();
    while (found.find()) {
      String name = found.group(1);
      Optional<String> value = secrets.apply(name);
      if (value.isEmpty()) {
        throw new Unset("there is no secret " + name + " in tools.secrets");
      }
      found.appendReplacement(filled, Matcher.quoteReplacement(value.get()));
    }
    return found.appendTail(filled).toString();
  }

  String expand(String text) throws Unset {
    Matcher found = FORM.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (found.find()) {
      found.appendReplacement(filled, Matcher.quoteReplacement(value(found.group(1))));
    }
    return found.appendTail(filled).toString();
  }

  private String value(String asked) throws Unset {
    if (asked.startsWith("input:")) {
      return input(asked.substring("input:".length()));
    }
    String name = asked.startsWith("env:") ? asked.substring("env:".length()) : asked;
    int split = name.indexOf(DEFAULT);
    String variable = split < 0 ? name : name.substring(0, split);
    if (!NAME.matcher(variable).matches()) {
      throw new Unset("${" + asked + "} is no variable; write ${NAME} or ${NAME:-default}");
    }
    Optional<String> value = environment.apply(variable).filter(text -> !text.isEmpty());
    if (value.isEmpty() && split < 0) {
      throw new Unset("the variable " + variable + " is not set");
    }
    return value.orElseGet(() -> name.substring(split + DEFAULT.length()));
  }

  private String input(String id) throws Unset {
    Optional<String> preset = inputs.get(id);
    if (preset == null) {
      throw new Unset("there is no input '" + id + "' among the inputs");
    }
    String variable = inputVariable(id);
    Optional<String> value =
        environment.apply(variable).filter(text -> !text.isEmpty()).or(() -> preset);
    if (value.isEmpty()) {
      throw new Unset("the input '" + id + "' has no value; set the variable " + variable);
    }
    return value.get();
  }

  /** There is nobody to ask, so that inputs come from the environment as well. */
  static String inputVariable(String id) {
    return "MNEME_INPUT_" + id.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
