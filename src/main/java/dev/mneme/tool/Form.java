package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields that code or another program wants a person to fill in.
 *
 * @param asker who wants it, as the person has to be told
 * @param name what programs that answer by themselves know the question by
 * @param schema of the content: an object with texts, numbers, truth values and choices; not to be
 *     changed
 */
public record Form(String asker, String name, String message, ObjectNode schema) {
  private static final int MAX_FIELDS = 20;
  private static final int MAX_SCHEMA = 20_000;
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "array");

  /** A question that nobody needs to know by its name. */
  public Form(String asker, String message, ObjectNode schema) {
    this(asker, "question", message, schema);
  }

  /** Whether every client can show it: few fields, none of them nested. */
  public boolean isPlain() {
    JsonNode fields = schema.path("properties");
    if (!fields.isObject()
        || fields.size() > MAX_FIELDS
        || Json.write(schema).length() > MAX_SCHEMA) {
      return false;
    }
    for (JsonNode field : fields) {
      if (!TYPES.contains(field.path("type").asText(""))) {
        return false;
      }
    }
    return true;
  }

  /** Whether it looks as if it asked for a password, key or the like. */
  public boolean wantsSecret() {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode said = field.getValue();
      if (SecretWords.inLabel(field.getKey() + " " + said.path("title").asText(""))
          || SecretWords.inLabel(said.path("description").asText(""))
          || said.path("format").asText("").equals("password")) {
        return true;
      }
    }
    return SecretWords.inSentence(message);
  }

  /**
   * The fields that were asked for and no others, with the presets of those left out; absent when
   * what was given is no answer to this form.
   */
  public Optional<ObjectNode> content(JsonNode given) {
    ObjectNode content = Json.mapper().createObjectNode();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode value = given.path(field.getKey());
      if (value.isMissingNode() || value.isNull()) {
        value = field.getValue().path("default");
      }
      if (!value.isMissingNode()) {
        if (!new FormField(field.getValue()).takes(value)) {
          return Optional.empty();
        }
        content.set(field.getKey(), value);
      }
    }
    for (JsonNode required : schema.path("required")) {
      if (!content.has(required.asText())) {
        return Optional.empty();
      }
    }
    return Optional.of(content);
  }
}
