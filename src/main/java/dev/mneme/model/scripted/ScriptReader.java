package dev.mneme.model.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.scripted.ScriptedReply.ScriptedFault;
import dev.mneme.model.scripted.ScriptedReply.ScriptedTool;
import dev.mneme.model.scripted.ScriptedReply.ScriptedUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the YAML of a script. Nothing in it can name a class, and aliases are not expanded. */
final class ScriptReader {
  private static final int MAX_DEPTH = 40;
  private static final ObjectMapper YAML = new ObjectMapper(factory());

  private ScriptReader() {}

  /**
   * @throws MnemeException {@code invalid_script}, naming the part that is wrong
   */
  static Script read(String yaml) {
    JsonNode root;
    try {
      root = YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw ScriptFields.invalid("it is not valid YAML near line " + line);
    }
    ScriptFields fields = new ScriptFields("it", root == null ? MissingNode.getInstance() : root);
    ScriptFields model = fields.part("model");
    JsonNode list = fields.take("replies");
    if (!list.isArray() || list.isEmpty()) {
      throw fields.wrong("replies", "a list with one entry or more");
    }
    List<ScriptedReply> replies = new ArrayList<>();
    for (JsonNode entry : list) {
      replies.add(reply(new ScriptFields("replies[" + replies.size() + ']', entry)));
    }
    Script script =
        new Script(
            model.number("context_window", 1),
            model.number("max_output_tokens", 1),
            model.flag("reasoning").orElse(false),
            replies);
    model.done();
    fields.done();
    return script;
  }

  private static ScriptedReply reply(ScriptFields in) {
    ScriptedReply reply =
        new ScriptedReply(
            condition(in.part("match")),
            in.number("times", 1),
            in.choice("per", Per.class).orElse(Per.CONVERSATION) == Per.TURN,
            in.duration("delay").orElse(Duration.ZERO),
            in.duration("per_token").orElse(Duration.ZERO),
            template(in, "reasoning"),
            in.text("signature"),
            template(in, "text"),
            tools(in),
            usage(in.part("usage")),
            fault(in));
    in.done();
    return reply;
  }

  private static Condition condition(ScriptFields in) {
    Condition condition =
        new Condition(
            in.texts("contains"),
            in.text("matches"),
            in.choice("from", Condition.From.class),
            in.text("tool"),
            in.flag("failed"),
            in.number("step", 1),
            in.number("turn", 1),
            in.text("instructions"),
            in.text("offers"),
            in.number("tokens_over", 0));
    in.done();
    condition
        .matches()
        .ifPresent(regex -> Condition.pattern(Placeholders.FORM.matcher(regex).replaceAll("x")));
    return condition;
  }

  private static String template(ScriptFields in, String field) {
    String text = in.text(field).orElse("");
    checked(in, field, text);
    return text;
  }

  /** Misspelt placeholders are found when the script is read, not when it answers. */
  private static void checked(ScriptFields in, String field, String text) {
    if (Placeholders.FORM.matcher(text).replaceAll("").contains("{{")) {
      throw in.wrong(
          field,
          "a text whose placeholders are {{text}}, {{user}}, {{step}}, {{turn}}, {{match.GROUP}} or"
              + " {{asked.ARGUMENT}}");
    }
  }

  private static List<ScriptedTool> tools(ScriptFields in) {
    JsonNode list = in.take("tools");
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw in.wrong("tools", "a list");
    }
    List<ScriptedTool> tools = new ArrayList<>();
    for (JsonNode entry : list) {
      ScriptFields fields = new ScriptFields("tools[" + tools.size() + ']', entry);
      String name = fields.text("name").orElseThrow(() -> fields.wrong("name", "a tool's name"));
      JsonNode arguments = fields.take("arguments");
      if (!arguments.isObject() && !arguments.isTextual() && !arguments.isMissingNode()) {
        throw fields.wrong("arguments", "a map, or a text that is sent as it is");
      }
      checked(fields, "arguments", arguments.isTextual() ? arguments.textValue() : "");
      tools.add(
          new ScriptedTool(
              name, arguments.isMissingNode() ? Json.mapper().createObjectNode() : arguments));
      fields.done();
    }
    return tools;
  }

  private static ScriptedUsage usage(ScriptFields in) {
    ScriptedUsage usage =
        new ScriptedUsage(
            in.number("prompt", 0),
            in.number("completion", 0),
            in.number("cached", 0).orElse(0),
            in.number("cache_write", 0).orElse(0),
            in.number("reasoning", 0).orElse(0));
    in.done();
    return usage;
  }

  private static Optional<ScriptedFault> fault(ScriptFields in) {
    Optional<Fault> kind = in.choice("fault", Fault.class);
    int status = in.number("status", 400).orElse(500);
    Optional<Duration> retryAfter = in.duration("retry_after");
    var attempts = in.number("attempts", 1);
    return kind.map(k -> new ScriptedFault(k, status, retryAfter, attempts));
  }

  private static YAMLFactory factory() {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(0);
    return YAMLFactory.builder()
        .loaderOptions(options)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
  }

  /** How far the entry's uses are counted. */
  private enum Per {
    CONVERSATION,
    TURN
  }
}
