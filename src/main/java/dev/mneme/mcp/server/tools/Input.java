package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.tool.InputFiles;
import java.util.List;

/**
 * One input of a tool.
 *
 * @param description for the model that fills it in
 */
record Input(String name, Kind kind, String description, boolean required) {

  /** What values an input takes. */
  sealed interface Kind {
    ObjectNode schema();

    boolean accepts(JsonNode value);

    /** The values in words, after "must be". */
    String says();
  }

  record Text() implements Kind {
    @Override
    public ObjectNode schema() {
      return type("string");
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isTextual();
    }

    @Override
    public String says() {
      return "a string";
    }
  }

  record Whole(long min, long max) implements Kind {
    @Override
    public ObjectNode schema() {
      return type("integer").put("minimum", min).put("maximum", max);
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isNumber()
          && value.canConvertToLong()
          && value.asDouble() == value.asLong()
          && value.asLong() >= min
          && value.asLong() <= max;
    }

    @Override
    public String says() {
      return "a whole number from " + min + " to " + max;
    }
  }

  record Flag() implements Kind {
    @Override
    public ObjectNode schema() {
      return type("boolean");
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isBoolean();
    }

    @Override
    public String says() {
      return "true or false";
    }
  }

  record Choice(List<String> values) implements Kind {
    Choice {
      values = List.copyOf(values);
    }

    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("string");
      values.forEach(schema.putArray("enum")::add);
      return schema;
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isTextual() && values.contains(value.asText());
    }

    @Override
    public String says() {
      return "one of " + String.join(", ", values);
    }
  }

  record Texts() implements Kind {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("array");
      schema.set("items", type("string"));
      return schema;
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
    }

    @Override
    public String says() {
      return "a list of strings";
    }
  }

  /** Objects of a name and arguments. */
  record Calls(int max) implements Kind {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = type("array").put("maxItems", max);
      ObjectNode item = type("object");
      ObjectNode properties = item.putObject("properties");
      properties.set("name", type("string").put("description", "One of the operations allowed."));
      properties.set(
          "arguments", type("object").put("description", "After the operation's own schema."));
      item.putArray("required").add("name");
      item.put("additionalProperties", false);
      schema.set("items", item);
      return schema;
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isArray()
          && value.size() <= max
          && value
              .valueStream()
              .allMatch(item ->
                  item.path("name").isTextual()
                      && (item.path("arguments").isObject() || !item.hasNonNull("arguments"))
                      && item.propertyStream()
                          .allMatch(entry ->
                              entry.getKey().equals("name") || entry.getKey().equals("arguments")));
    }

    @Override
    public String says() {
      return "a list of at most " + max + " objects {name: a string, arguments: an object}";
    }
  }

  /** Files for code; what is wrong with one is said by who reads them. */
  record Files() implements Kind {
    @Override
    public ObjectNode schema() {
      return InputFiles.schema();
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isArray();
    }

    @Override
    public String says() {
      return "a list of objects {name: a string, text: a string}, {name, base64} or {from: a file's"
          + " id}";
    }
  }

  /** A text, or true for the one that is meant without saying which. */
  record TextOrTrue() implements Kind {
    @Override
    public ObjectNode schema() {
      ObjectNode schema = JsonNodeFactory.instance.objectNode();
      schema.putArray("type").add("boolean").add("string");
      return schema;
    }

    @Override
    public boolean accepts(JsonNode value) {
      return value.isBoolean() || value.isTextual();
    }

    @Override
    public String says() {
      return "true or a name";
    }
  }

  static Input textOrTrue(String name, String description) {
    return new Input(name, new TextOrTrue(), description, false);
  }

  static Input files(String description) {
    return new Input(InputFiles.ARGUMENT, new Files(), description, false);
  }

  static Input calls(String name, int max, String description) {
    return new Input(name, new Calls(max), description, true);
  }

  static Input text(String name, String description) {
    return new Input(name, new Text(), description, true);
  }

  static Input whole(String name, long min, long max, String description) {
    return new Input(name, new Whole(min, max), description, true);
  }

  static Input flag(String name, String description) {
    return new Input(name, new Flag(), description, false);
  }

  static Input choice(String name, String description, String... values) {
    return new Input(name, new Choice(List.of(values)), description, true);
  }

  static Input texts(String name, String description) {
    return new Input(name, new Texts(), description, true);
  }

  Input optional() {
    return new Input(name, kind, description, false);
  }

  ObjectNode schema() {
    return kind.schema().put("description", description);
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }
}
