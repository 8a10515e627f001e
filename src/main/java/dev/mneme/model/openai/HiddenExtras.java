package dev.mneme.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Gemini attaches to tool calls (the signatures of hidden thoughts) and wants back, kept as
 * redacted reasoning that names its call.
 */
final class HiddenExtras {
  private HiddenExtras() {}

  static String data(String call, JsonNode extra) {
    ObjectNode data = Json.mapper().createObjectNode().put("tool_call", call);
    data.set("extra_content", extra);
    return Json.write(data);
  }

  /** By the id of the call. */
  static Map<String, JsonNode> of(List<Content> content) {
    Map<String, JsonNode> extras = new HashMap<>();
    for (Content part : content) {
      if (part instanceof Content.RedactedReasoning hidden && hidden.data().startsWith("{")) {
        try {
          JsonNode data = Json.parse(hidden.data());
          extras.put(data.path("tool_call").asText(), data.path("extra_content"));
        } catch (MnemeException _) {
          // Another provider's.
        }
      }
    }
    return extras;
  }
}
