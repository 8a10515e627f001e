package dev.mneme.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tool rules as JSON, in the names and forms of the Letta API. */
public final class ToolRules {
  private ToolRules() {}

  public static ArrayNode write(List<ToolRule> rules) {
    ArrayNode all = Json.mapper().createArrayNode();
    rules.forEach(rule -> write(rule, all.addObject()));
    return all;
  }

  /**
   * Reads a list; what is absent is an empty one.
   *
   * @throws MnemeException {@code invalid_tool_rule}, saying which rule and why
   */
  public static List<ToolRule> read(JsonNode rules) {
    if (rules.isMissingNode() || rules.isNull()) {
      return List.of();
    }
    if (!rules.isArray()) {
      throw invalid("Tool rules are a list.");
    }
    List<ToolRule> all = new ArrayList<>();
    rules.forEach(rule -> all.add(one(rule)));
    return all;
  }

  private static void write(ToolRule rule, ObjectNode to) {
    to.put("tool_name", rule.toolName());
    switch (rule) {
      case ToolRule.RunFirst it -> {
        to.put("type", "run_first");
        it.args().ifPresent(args -> to.set("args", Json.mapper().valueToTree(args)));
      }
      case ToolRule.ExitLoop _ -> to.put("type", "exit_loop");
      case ToolRule.ContinueLoop _ -> to.put("type", "continue_loop");
      case ToolRule.Children it -> {
        names(it.children(), to.put("type", "constrain_child_tools").putArray("children"));
        if (!it.childArgNodes().isEmpty()) {
          ArrayNode nodes = to.putArray("child_arg_nodes");
          for (ToolRule.ChildArgs child : it.childArgNodes()) {
            ObjectNode node = nodes.addObject().put("name", child.name());
            child.args().ifPresent(args -> node.set("args", Json.mapper().valueToTree(args)));
          }
        }
      }
      case ToolRule.ParentLast it ->
          names(it.children(), to.put("type", "parent_last_tool").putArray("children"));
      case ToolRule.Conditional it -> {
        ObjectNode mapping = to.put("type", "conditional").putObject("child_output_mapping");
        it.childOutputMapping().forEach(mapping::put);
        it.defaultChild().ifPresent(child -> to.put("default_child", child));
        to.put("require_output_mapping", it.requireOutputMapping());
      }
      case ToolRule.MaxCount it ->
          to.put("type", "max_count_per_step").put("max_count_limit", it.maxCountLimit());
      case ToolRule.RequiredBeforeExit _ -> to.put("type", "required_before_exit");
      case ToolRule.RequiresApproval _ -> to.put("type", "requires_approval");
    }
  }

  private static ToolRule one(JsonNode rule) {
    String tool = rule.path("tool_name").asText();
    if (tool.isBlank()) {
      throw invalid("A tool rule names its tool in tool_name.");
    }
    String type = rule.path("type").asText();
    return switch (type) {
      case "run_first" -> new ToolRule.RunFirst(tool, args(rule));
      case "exit_loop" -> new ToolRule.ExitLoop(tool);
      case "continue_loop" -> new ToolRule.ContinueLoop(tool);
      case "constrain_child_tools" -> children(tool, rule);
      case "parent_last_tool" -> new ToolRule.ParentLast(tool, names(rule, type));
      case "conditional" -> conditional(tool, rule);
      case "max_count_per_step" -> maxCount(tool, rule);
      case "required_before_exit" -> new ToolRule.RequiredBeforeExit(tool);
      case "requires_approval" -> new ToolRule.RequiresApproval(tool);
      default -> throw invalid("There is no tool rule of type '" + type + "'.");
    };
  }

  private static ToolRule children(String tool, JsonNode rule) {
    List<String> children = names(rule, "constrain_child_tools");
    List<ToolRule.ChildArgs> nodes = new ArrayList<>();
    for (JsonNode node : rule.path("child_arg_nodes")) {
      String name = node.path("name").asText();
      if (!children.contains(name)) {
        throw invalid("child_arg_nodes of " + tool + " name '" + name + "', which is no child.");
      }
      nodes.add(new ToolRule.ChildArgs(name, args(node)));
    }
    return new ToolRule.Children(tool, children, nodes);
  }

  private static ToolRule conditional(String tool, JsonNode rule) {
    JsonNode mapping = rule.path("child_output_mapping");
    if (!mapping.isObject()) {
      throw invalid("The conditional rule of " + tool + " needs child_output_mapping.");
    }
    Map<String, String> to = new LinkedHashMap<>();
    mapping.properties().forEach(entry -> to.put(entry.getKey(), entry.getValue().asText()));
    return new ToolRule.Conditional(
        tool,
        to,
        rule.hasNonNull("default_child")
            ? Optional.of(rule.get("default_child").asText())
            : Optional.empty(),
        rule.path("require_output_mapping").asBoolean());
  }

  private static ToolRule maxCount(String tool, JsonNode rule) {
    JsonNode limit = rule.path("max_count_limit");
    if (!limit.isInt() || limit.asInt() < 1) {
      throw invalid("The max_count_per_step rule of " + tool + " needs max_count_limit from 1.");
    }
    return new ToolRule.MaxCount(tool, limit.asInt());
  }

  private static List<String> names(JsonNode rule, String type) {
    List<String> names = new ArrayList<>();
    rule.path("children").forEach(child -> names.add(child.asText()));
    if (names.isEmpty()) {
      throw invalid("A rule of type " + type + " needs children.");
    }
    return names;
  }

  private static void names(List<String> names, ArrayNode to) {
    names.forEach(to::add);
  }

  private static Optional<Map<String, Object>> args(JsonNode rule) {
    return rule.path("args").isObject()
        ? Optional.of(Fields.map(Json.mapper().convertValue(rule.get("args"), Map.class)))
        : Optional.empty();
  }

  private static MnemeException invalid(String message) {
    return MnemeException.invalid("invalid_tool_rule", message);
  }
}
