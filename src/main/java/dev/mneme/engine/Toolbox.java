package dev.mneme.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.engine.prompt.AgentType.Loop;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.model.ToolSpec;
import dev.mneme.tool.StoredTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tools of one run, as they are kept and as the model sees them. Confined to the run. */
final class Toolbox {
  /** The argument by which a model asks for another step. */
  static final String HEARTBEAT = "request_heartbeat";

  private final Map<String, StoredTool> tools = new LinkedHashMap<>();
  private final Map<String, ToolSpec> specs = new LinkedHashMap<>();

  /**
   * @param thoughts whether the model is asked for its thoughts as an argument
   */
  Toolbox(List<StoredTool> attached, Loop loop, boolean thoughts, RuleState rules) {
    for (StoredTool tool : attached) {
      tools.put(tool.name(), tool);
      specs.put(tool.name(), spec(tool, loop, thoughts, rules));
    }
  }

  Set<String> names() {
    return tools.keySet();
  }

  Optional<StoredTool> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }

  /** In the order of attaching, whatever the order of the names. */
  List<ToolSpec> specs(List<String> allowed) {
    return specs.values().stream().filter(spec -> allowed.contains(spec.name())).toList();
  }

  private static ToolSpec spec(StoredTool tool, Loop loop, boolean thoughts, RuleState rules) {
    ObjectNode schema =
        tool.schema().path("parameters") instanceof ObjectNode given
            ? given
            : Json.mapper().createObjectNode().put("type", "object");
    if (loop == Loop.HEARTBEAT) {
      schema = extended(schema, thoughts, !rules.ends(tool.name()));
    }
    JsonNode described = tool.schema().path("description");
    return new ToolSpec(
        tool.name(), described.isTextual() ? described.asText() : tool.description(), schema);
  }

  private static ObjectNode extended(ObjectNode given, boolean thoughts, boolean heartbeat) {
    ObjectNode schema = given.deepCopy();
    ObjectNode properties = Json.mapper().createObjectNode();
    ArrayNode required = Json.mapper().createArrayNode();
    if (thoughts) {
      properties.set(
          ChatForm.THINKING,
          property("string", "What you think before you act; nobody but you reads it."));
      required.add(ChatForm.THINKING);
    }
    given.path("properties").properties().forEach(p -> properties.set(p.getKey(), p.getValue()));
    given.path("required").forEach(required::add);
    if (heartbeat) {
      properties.set(
          HEARTBEAT,
          property(
              "boolean",
              "Whether you want to act again right after this call, before the user does."));
      required.add(HEARTBEAT);
    }
    schema.set("properties", properties);
    schema.set("required", required);
    return schema;
  }

  private static ObjectNode property(String type, String description) {
    return Json.mapper().createObjectNode().put("type", type).put("description", description);
  }
}
