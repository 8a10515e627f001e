package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.common.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In which form a client wants messages.
 *
 * @param saysByTool whether calls of the tool that speaks are shown as what they say
 * @param tool the name of that tool
 * @param argument the argument with what it says
 * @param types which types of messages; empty: all
 * @param tokens whether messages come in pieces while they are written
 * @param compactions whether a compaction is told as such, not as a user's message
 */
public record AnswerForm(
    boolean saysByTool,
    String tool,
    String argument,
    Set<String> types,
    boolean tokens,
    boolean compactions) {
  private static final String SAYS = "use_assistant_message";
  private static final String TOOL = "assistant_message_tool_name";
  private static final String ARGUMENT = "assistant_message_tool_kwarg";
  private static final String TYPES = "include_return_message_types";
  private static final String TOKENS = "stream_tokens";
  private static final String COMPACTIONS = "include_compaction_messages";
  private static final List<String> SHOWN = List.of(SAYS, TOOL, ARGUMENT, TYPES);

  public static final AnswerForm DEFAULT =
      new AnswerForm(true, "send_message", "message", Set.of(), false, false);

  public AnswerForm {
    types = Set.copyOf(types);
  }

  /** As a request to send asks for it. */
  public static AnswerForm of(Body body) {
    return new AnswerForm(
        body.flag(SAYS).orElse(DEFAULT.saysByTool),
        body.text(TOOL).orElse(DEFAULT.tool),
        body.text(ARGUMENT).orElse(DEFAULT.argument),
        Set.copyOf(body.texts(TYPES).orElse(List.of())),
        body.flag(TOKENS).orElse(false),
        body.flag(COMPACTIONS).orElse(false));
  }

  /** As a request to list asks for it. */
  public static AnswerForm of(Call call) {
    return new AnswerForm(
        call.flag(SAYS).orElse(DEFAULT.saysByTool),
        call.query(TOOL).orElse(DEFAULT.tool),
        call.query(ARGUMENT).orElse(DEFAULT.argument),
        Set.copyOf(call.queries(TYPES)),
        false,
        false);
  }

  /** As it was kept with a run. */
  public static AnswerForm kept(ObjectNode config) {
    Set<String> types = new HashSet<>();
    config.path(TYPES).forEach(type -> types.add(type.asText()));
    return new AnswerForm(
        config.path(SAYS).asBoolean(DEFAULT.saysByTool),
        config.path(TOOL).asText(DEFAULT.tool),
        config.path(ARGUMENT).asText(DEFAULT.argument),
        types,
        config.path(TOKENS).asBoolean(),
        config.path(COMPACTIONS).asBoolean());
  }

  /** To be kept with a run. */
  public ObjectNode toKeep() {
    ObjectNode config = Json.mapper().createObjectNode();
    config.put(SAYS, saysByTool).put(TOOL, tool).put(ARGUMENT, argument);
    if (types.isEmpty()) {
      config.putNull(TYPES);
    } else {
      ArrayNode list = config.putArray(TYPES);
      types.stream().sorted().forEach(list::add);
    }
    return config.put(TOKENS, tokens).put(COMPACTIONS, compactions);
  }

  /** What clients are shown of what was kept. */
  public static ObjectNode shown(ObjectNode config) {
    ObjectNode shown = kept(config).toKeep();
    shown.retain(SHOWN);
    return shown;
  }

  boolean wants(JsonNode message) {
    return types.isEmpty() || types.contains(message.path("message_type").asText());
  }

  boolean speaks(String toolName) {
    return saysByTool && toolName.equals(tool);
  }
}
