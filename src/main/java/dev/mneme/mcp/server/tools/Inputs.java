package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The inputs of one tool: the source of its JSON schema and of the check of its arguments, so that
 * both always agree. Immutable.
 */
final class Inputs {
  private final SequencedMap<String, Input> byName;

  private Inputs(SequencedMap<String, Input> byName) {
    this.byName = byName;
  }

  static Inputs of(Input... inputs) {
    SequencedMap<String, Input> byName = new LinkedHashMap<>();
    for (Input input : inputs) {
      byName.put(input.name(), input);
    }
    return new Inputs(byName);
  }

  /** These inputs and more. */
  Inputs and(Input... more) {
    List<Input> all = new ArrayList<>(byName.values());
    all.addAll(List.of(more));
    return of(all.toArray(Input[]::new));
  }

  ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    byName.values().forEach(input -> properties.set(input.name(), input.schema()));
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    byName.values().stream().filter(Input::required).forEach(input -> required.add(input.name()));
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  /**
   * The arguments of a call of the tool.
   *
   * @throws MnemeException {@code invalid_arguments}, naming all that is wrong
   */
  Arguments read(String tool, ObjectNode given) {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      Input input = byName.get(entry.getKey());
      if (input == null) {
        problems.add("there is no argument '" + shorten(entry.getKey()) + "'");
      } else if (!entry.getValue().isNull() && !input.kind().accepts(entry.getValue())) {
        problems.add("'" + input.name() + "' must be " + input.kind().says());
      }
    }
    for (Input input : byName.values()) {
      if (input.required() && !given.hasNonNull(input.name())) {
        problems.add("'" + input.name() + "' is missing (" + input.kind().says() + ")");
      }
    }
    if (problems.isEmpty()) {
      return new Arguments(given);
    }
    throw MnemeException.invalid(
        "invalid_arguments",
        "The arguments do not fit "
            + tool
            + ": "
            + String.join("; ", problems)
            + ". It takes "
            + String.join(", ", byName.keySet())
            + ".");
  }

  private static String shorten(String name) {
    return Texts.shorten(name, 60);
  }
}
