package dev.mneme.engine.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The arguments of a built-in tool, read with errors that tell a model what to send. */
public record Args(ObjectNode all) {
  public String text(String name) {
    return optional(name)
        .orElseThrow(() ->
            MnemeException.invalid("missing_argument", "the argument '" + name + "' is missing"));
  }

  /** Absent where it is missing or null. */
  public Optional<String> optional(String name) {
    JsonNode node = all.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw wrong(name, "a string");
    }
    return Optional.of(node.asText());
  }

  public OptionalInt number(String name) {
    JsonNode node = all.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return OptionalInt.empty();
    }
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToInt()) {
      throw wrong(name, "a whole number");
    }
    return OptionalInt.of(node.intValue());
  }

  /** False where it is missing or null. */
  public boolean flag(String name) {
    JsonNode node = all.path(name);
    if (!node.isMissingNode() && !node.isNull() && !node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.asBoolean(false);
  }

  /** A list of strings; empty where it is missing or null. */
  public List<String> texts(String name) {
    JsonNode node = all.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (node.isTextual()) {
      return List.of(node.asText());
    }
    if (!node.isArray()) {
      throw wrong(name, "a list of strings");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : node) {
      if (!item.isTextual()) {
        throw wrong(name, "a list of strings");
      }
      texts.add(item.asText());
    }
    return texts;
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> map() {
    return Json.mapper().convertValue(all, Map.class);
  }

  private static MnemeException wrong(String name, String form) {
    return MnemeException.invalid(
        "invalid_argument", "the argument '" + name + "' must be " + form);
  }
}
