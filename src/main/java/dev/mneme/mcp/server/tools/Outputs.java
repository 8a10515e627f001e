package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds output schemas: objects whose listed fields are always there unless said otherwise. */
final class Outputs {
  private final ObjectNode properties = JsonNodeFactory.instance.objectNode();
  private final ArrayNode required = JsonNodeFactory.instance.arrayNode();

  private Outputs() {}

  static Outputs object() {
    return new Outputs();
  }

  Outputs text(String name) {
    return always(name, type("string"));
  }

  Outputs whole(String name) {
    return always(name, type("integer"));
  }

  Outputs number(String name) {
    return always(name, type("number"));
  }

  Outputs flag(String name) {
    return always(name, type("boolean"));
  }

  Outputs texts(String name) {
    return list(name, type("string"));
  }

  Outputs wholes(String name) {
    return list(name, type("integer"));
  }

  Outputs list(String name, ObjectNode items) {
    ObjectNode list = type("array");
    list.set("items", items);
    return always(name, list);
  }

  /** A field that is there only sometimes. */
  Outputs maybe(String name, String type) {
    properties.set(name, type(type));
    return this;
  }

  /** A field of any JSON value that is there only sometimes. */
  Outputs maybeAny(String name) {
    properties.set(name, JsonNodeFactory.instance.objectNode());
    return this;
  }

  ObjectNode schema() {
    ObjectNode schema = type("object");
    schema.set("properties", properties.deepCopy());
    schema.set("required", required.deepCopy());
    return schema;
  }

  private Outputs always(String name, ObjectNode schema) {
    properties.set(name, schema);
    required.add(name);
    return this;
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }
}
