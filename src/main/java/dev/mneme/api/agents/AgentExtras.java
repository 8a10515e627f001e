package dev.mneme.api.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.http.Body;
import dev.mneme.common.MnemeException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients set about an agent and only they read. */
final class AgentExtras {
  private static final List<String> KEPT =
      List.of(
          "enable_sleeptime",
          "max_files_open",
          "per_file_view_window_char_limit",
          "hidden",
          "project_id",
          "template_id",
          "base_template_id",
          "deployment_id",
          "entity_id");
  private static final List<String> ALWAYS_NULL = List.of("managed_group", "multi_agent_group");

  private AgentExtras() {}

  /** The present ones with what the body changes. */
  static Map<String, JsonNode> read(Map<String, JsonNode> present, Body body) {
    if (body.flag("enable_sleeptime").orElse(false)) {
      throw MnemeException.invalid(
          "sleeptime_unavailable",
          "Agents that keep another one's memory in the background are not there yet; leave"
              + " enable_sleeptime out: the agent keeps its memory itself.");
    }
    Map<String, JsonNode> kept = new HashMap<>(present);
    KEPT.forEach(name -> body.any(name).ifPresent(value -> kept.put(name, value)));
    return kept;
  }

  static Map<String, @Nullable Object> shown(Map<String, JsonNode> kept) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    KEPT.forEach(name -> shown.put(name, kept.get(name)));
    ALWAYS_NULL.forEach(name -> shown.put(name, null));
    return Collections.unmodifiableMap(shown);
  }
}
