package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a server said of itself.
 *
 * @param capabilities not to be changed
 */
record Greeting(JsonNode info, JsonNode capabilities) {
  /** Name and version, as it says itself. */
  String server() {
    return (info.path("name").asText("unknown") + " " + info.path("version").asText("")).strip();
  }

  boolean hasTools() {
    return capabilities.has("tools");
  }

  boolean tellsOfTools() {
    return capabilities.path("tools").path("listChanged").asBoolean(false);
  }
}
