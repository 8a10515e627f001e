package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import java.util.Optional;

/** The JSON form of a {@link ToolSchema}: what the deriver answers and the caches keep. */
final class SchemaJson {
  private SchemaJson() {}

  static ToolSchema read(JsonNode json) {
    JsonNode function = json.path("function");
    if (!function.isTextual() || !(json.path("input") instanceof ObjectNode input)) {
      throw MnemeException.invalid("invalid_schema_entry", "Not the JSON form of a tool schema.");
    }
    Optional<ObjectNode> output =
        json.path("output") instanceof ObjectNode found ? Optional.of(found) : Optional.empty();
    return new ToolSchema(
        function.textValue(),
        json.path("description").asText(),
        input,
        output,
        json.path("adapted").asBoolean());
  }

  static ObjectNode write(ToolSchema schema) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("function", schema.function());
    json.put("description", schema.description());
    json.set("input", schema.input());
    schema.output().ifPresent(output -> json.set("output", output));
    json.put("adapted", schema.adapted());
    return json;
  }
}
