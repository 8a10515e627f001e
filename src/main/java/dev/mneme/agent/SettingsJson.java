package dev.mneme.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they are kept: only what differs from the defaults, without the system text, which is
 * a field of its own so that its history can be read and merged as a text.
 */
final class SettingsJson {
  private SettingsJson() {}

  static ObjectNode write(AgentSettings settings) {
    ObjectNode to = Json.mapper().createObjectNode();
    AgentSettings none = AgentSettings.DEFAULT;
    if (!settings.type().equals(none.type())) {
      to.put("type", settings.type());
    }
    settings.model().ifPresent(handle -> to.put("model", handle));
    settings.embedding().ifPresent(handle -> to.put("embedding", handle));
    putObject(to, "model_settings", settings.modelSettings());
    settings.contextWindow().ifPresent(tokens -> to.put("context_window", tokens));
    if (!settings.toolIds().isEmpty()) {
      ArrayNode ids = to.putArray("tool_ids");
      settings.toolIds().forEach(ids::add);
    }
    if (!settings.toolRules().isEmpty()) {
      to.set("tool_rules", ToolRules.write(settings.toolRules()));
    }
    if (settings.autoclear()) {
      to.put("autoclear", true);
    }
    settings.responseFormat().ifPresent(format -> to.set("response_format", format));
    putObject(to, "compaction", settings.compaction());
    if (!settings.timezone().equals(none.timezone())) {
      to.put("timezone", settings.timezone());
    }
    if (!settings.more().isEmpty()) {
      ObjectNode more = to.putObject("more");
      settings.more().forEach(more::set);
    }
    return to;
  }

  /** As {@link #write}, in maps and lists. */
  static Map<String, @Nullable Object> plain(AgentSettings settings) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    write(settings)
        .properties()
        .forEach(field -> fields.put(field.getKey(), Json.plain(field.getValue())));
    return fields;
  }

  static AgentSettings read(String system, JsonNode from) {
    AgentSettings none = AgentSettings.DEFAULT;
    List<String> toolIds = new ArrayList<>();
    from.path("tool_ids").forEach(id -> toolIds.add(id.asText()));
    Map<String, JsonNode> more = new HashMap<>();
    from.path("more").properties().forEach(field -> more.put(field.getKey(), field.getValue()));
    return new AgentSettings(
        from.path("type").asText(none.type()),
        system,
        text(from, "model"),
        text(from, "embedding"),
        object(from, "model_settings").orElse(none.modelSettings()),
        from.has("context_window")
            ? OptionalInt.of(from.path("context_window").asInt())
            : OptionalInt.empty(),
        toolIds,
        ToolRules.read(from.path("tool_rules")),
        from.path("autoclear").asBoolean(),
        object(from, "response_format"),
        object(from, "compaction").orElse(none.compaction()),
        from.path("timezone").asText(none.timezone()),
        more);
  }

  private static void putObject(ObjectNode to, String field, ObjectNode value) {
    if (!value.isEmpty()) {
      to.set(field, value);
    }
  }

  private static Optional<String> text(JsonNode from, String field) {
    return from.hasNonNull(field) ? Optional.of(from.get(field).asText()) : Optional.empty();
  }

  private static Optional<ObjectNode> object(JsonNode from, String field) {
    return from.get(field) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }
}
