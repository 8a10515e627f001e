package dev.mneme.api.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.model.ModelInfo;

/** An agent's model settings in the newer form: the defaults of its provider and what was set. */
public final class WireModelSettings {
  private WireModelSettings() {}

  public static ObjectNode of(ModelInfo model, ObjectNode set) {
    ObjectNode settings = Json.mapper().createObjectNode();
    settings.put("provider_type", model.endpointType());
    settings.put("max_output_tokens", model.maxOutputTokens());
    settings.put("temperature", 1.0);
    settings.put("parallel_tool_calls", true);
    settings.putNull("response_format");
    switch (model.endpointType()) {
      case "openai" -> {
        settings.put("strict", false);
        settings.putObject("reasoning").put("reasoning_effort", "minimal");
      }
      case "anthropic" -> {
        settings.put("strict", false);
        settings.putNull("effort");
        settings.putNull("verbosity");
        ObjectNode thinking = settings.putObject("thinking");
        thinking.put("type", model.reasoning() ? "enabled" : "disabled");
        thinking.put("budget_tokens", 1024);
      }
      default -> {}
    }
    settings.setAll(set);
    return settings;
  }
}
