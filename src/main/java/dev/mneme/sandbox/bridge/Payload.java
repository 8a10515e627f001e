package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what sandboxed code sent, which may be anything. */
record Payload(JsonNode node) {
  String text(String key) {
    return optional(key).orElseThrow(() -> wrong(key, "a text"));
  }

  Optional<String> optional(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(key, "a text");
    }
    return Optional.of(value.asText());
  }

  Optional<Double> number(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw wrong(key, "a number");
    }
    return Optional.of(value.asDouble());
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    JsonNode value = node.path(key);
    if (!value.isMissingNode() && !value.isArray()) {
      throw wrong(key, "a list of texts");
    }
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw wrong(key, "a list of texts");
      }
      texts.add(item.asText());
    }
    return texts;
  }

  static MnemeException wrong(String key, String kind) {
    return MnemeException.invalid("invalid_request", "'" + key + "' has to be " + kind + ".");
  }
}
