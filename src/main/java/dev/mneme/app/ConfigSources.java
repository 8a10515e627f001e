package dev.mneme.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.secret.SecretMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where values come from: the command line, else the environment, else the file. */
final class ConfigSources {
  static final SecretMask SHAPES = SecretMask.of(List.of());

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final ConfigFile file;
  private final ConfigVariables variables;
  private final Consumer<String> problems;

  ConfigSources(
      Map<String, String> flags,
      Map<String, String> environment,
      ConfigFile file,
      Consumer<String> problems) {
    this.flags = flags;
    this.environment = environment;
    this.file = file;
    this.variables = new ConfigVariables(environment);
    this.problems = problems;
  }

  Map<String, String> flags() {
    return flags;
  }

  Map<String, String> environment() {
    return environment;
  }

  ConfigFile file() {
    return file;
  }

  /** The value of a key; a variable that is set but empty counts as not set. */
  Optional<ConfigValue> find(String key, boolean secret, String... aliases) {
    String flag = flags.get(key);
    if (flag != null) {
      return Optional.of(loose(flag, "command line", "command line"));
    }
    List<String> names = new ArrayList<>(List.of(ConfigNames.variable(key)));
    names.addAll(List.of(aliases));
    for (String name : names) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Optional.of(loose(value, name + " in the environment", name));
      }
    }
    return file.value(key).flatMap(node -> fromFile(key, node, secret));
  }

  private static ConfigValue loose(String value, String where, String origin) {
    return new ConfigValue(value, '"' + value + '"', where, origin, true);
  }

  private Optional<ConfigValue> fromFile(String key, JsonNode node, boolean secret) {
    String where = file.path().toString();
    String shown = secret ? "" : node.toString();
    for (JsonNode part : node.isArray() ? node : List.of(node)) {
      Optional<String> problem =
          part.isTextual() ? variables.problem(part.textValue()) : Optional.empty();
      if (problem.isPresent()) {
        String given = secret ? " " : " = " + SHAPES.mask(shown) + ": ";
        problems.accept(where + ": " + key + given + problem.get() + '.');
        return Optional.empty();
      }
    }
    boolean loose = node.isTextual() && ConfigVariables.in(node.textValue());
    return Optional.of(new ConfigValue(value(node), shown, where, "mneme.toml", loose));
  }

  private Object value(JsonNode node) {
    if (node.isTextual()) {
      return variables.expand(node.textValue());
    }
    if (node.isArray()) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(value(item)));
      return items;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    return node.isNumber() ? node.doubleValue() : node;
  }
}
