package dev.mneme.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.engine.prompt.AgentType.Loop;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.engine.rules.Allowed;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.model.ToolSpec;
import dev.mneme.tool.ShelfTexts;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolCard;
import dev.mneme.tool.ToolShelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tools of one run, as they are kept and as the model sees them. Confined to the run. */
final class Toolbox {
  /** The argument by which a model asks for another step. */
  static final String HEARTBEAT = "request_heartbeat";

  private static final String BUILT_IN = "letta_";

  private final Map<String, StoredTool> tools = new LinkedHashMap<>();
  private final Map<String, ToolSpec> specs = new LinkedHashMap<>();
  private final List<ToolSpec> finding;
  private final ToolShelf shelf;

  /**
   * @param thoughts whether the model is asked for its thoughts as an argument
   * @param most so many tools that are neither built in nor named by a rule are shown; where there
   *     are more, the model searches for them
   */
  Toolbox(List<StoredTool> attached, Loop loop, boolean thoughts, RuleState rules, int most) {
    attached.forEach(tool -> tools.put(tool.name(), tool));
    Set<String> named = rules.named();
    List<StoredTool> many =
        tools.values().stream()
            .filter(tool -> !tool.type().startsWith(BUILT_IN) && !named.contains(tool.name()))
            .toList();
    boolean shelved =
        many.size() > most
            && !tools.containsKey(ToolShelf.SEARCH)
            && !tools.containsKey(ToolShelf.CALL);
    shelf = new ToolShelf(shelved ? many.stream().map(ToolCard::of).toList() : List.of());
    for (StoredTool tool : tools.values()) {
      if (shelf.card(tool.name()).isEmpty()) {
        specs.put(tool.name(), spec(tool, loop, thoughts, rules));
      }
    }
    finding = shelved ? finding(loop, thoughts) : List.of();
  }

  Set<String> names() {
    return tools.keySet();
  }

  Optional<StoredTool> find(String name) {
    return Optional.ofNullable(tools.get(name));
  }

  /** The tools that the model is not shown; none of them where it is shown all. */
  ToolShelf shelf() {
    return shelf;
  }

  /** In the order of attaching, whatever the order of the names. */
  List<ToolSpec> specs(List<String> allowed) {
    List<ToolSpec> shown = new ArrayList<>();
    specs.values().stream().filter(spec -> allowed.contains(spec.name())).forEach(shown::add);
    if (allowed.stream().anyMatch(name -> shelf.card(name).isPresent())) {
      shown.addAll(finding);
    }
    return shown;
  }

  /** The names that the model was shown, of what it may call now. */
  Allowed shown(Allowed allowed) {
    return new Allowed(
        specs(allowed.tools()).stream().map(ToolSpec::name).toList(), allowed.forced());
  }

  private List<ToolSpec> finding(Loop loop, boolean thoughts) {
    ObjectNode search = ShelfTexts.searchSchema();
    ObjectNode call = ShelfTexts.callSchema();
    return List.of(
        new ToolSpec(
            ToolShelf.SEARCH,
            ShelfTexts.search(shelf),
            loop == Loop.HEARTBEAT ? extended(search, thoughts, false) : search),
        new ToolSpec(
            ToolShelf.CALL,
            ShelfTexts.CALL,
            loop == Loop.HEARTBEAT ? extended(call, thoughts, true) : call));
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
