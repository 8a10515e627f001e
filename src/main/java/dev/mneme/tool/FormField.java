package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one field of a form takes; a word of its schema that is not known here forbids nothing. */
record FormField(JsonNode schema) {
  boolean takes(JsonNode value) {
    return switch (schema.path("type").asText()) {
      case "string" ->
          value.isTextual()
              && isChoice(schema, value)
              && within(value.textValue().length(), "minLength", "maxLength");
      case "number" -> value.isNumber() && within(value.asDouble(), "minimum", "maximum");
      case "integer" ->
          value.isNumber()
              && value.decimalValue().stripTrailingZeros().scale() <= 0
              && within(value.asDouble(), "minimum", "maximum");
      case "boolean" -> value.isBoolean();
      default -> value.isArray() && takesAll(value);
    };
  }

  private boolean takesAll(JsonNode values) {
    JsonNode items = schema.path("items");
    return within(values.size(), "minItems", "maxItems")
        && values.valueStream().allMatch(each -> each.isTextual() && isChoice(items, each));
  }

  private static boolean isChoice(JsonNode schema, JsonNode value) {
    Optional<List<JsonNode>> choices =
        Stream.of("enum", "oneOf", "anyOf")
            .map(schema::path)
            .filter(JsonNode::isArray)
            .findFirst()
            .map(listed ->
                listed
                    .valueStream()
                    .map(each -> each.has("const") ? each.get("const") : each)
                    .toList());
    return choices.isEmpty() || choices.get().contains(value);
  }

  private boolean within(double number, String least, String most) {
    return number >= schema.path(least).asDouble(Double.NEGATIVE_INFINITY)
        && number <= schema.path(most).asDouble(Double.POSITIVE_INFINITY);
  }
}
