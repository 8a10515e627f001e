package dev.mneme.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatReply.Finish;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.ModelException;
import dev.mneme.model.http.EventHandler;
import dev.mneme.model.http.ReplyBuilder;
import dev.mneme.model.http.ToolBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the chunks of one completion together. Used once, by one thread. */
final class OpenAiStream implements EventHandler {
  private final ReplyBuilder reply;
  private final String place;
  private final Map<Integer, ToolBuilder> byIndex = new HashMap<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private ChatUsage usage = ChatUsage.NONE;
  private String finish = "";
  private String id = "";

  /**
   * @param place in the conversation; makes ids for servers that give none
   */
  OpenAiStream(ChatListener listener, String place) {
    this.reply = new ReplyBuilder(listener);
    this.place = place;
  }

  @Override
  public boolean onEvent(JsonNode chunk) {
    if (chunk.path("id").isTextual()) {
      id = chunk.path("id").textValue();
    }
    if (chunk.path("usage").isObject()) {
      usage = usage(chunk.path("usage"));
    }
    // One answer was asked for.
    JsonNode choice = chunk.path("choices").path(0);
    JsonNode delta = choice.path(choice.has("delta") ? "delta" : "message");
    reply.reasoning(reasoning(delta));
    content(delta.path("content"));
    reply.text(delta.path("refusal").isTextual() ? delta.path("refusal").textValue() : "");
    for (JsonNode call : delta.path("tool_calls")) {
      tool(call);
    }
    if (choice.path("finish_reason").isTextual()) {
      finish = choice.path("finish_reason").textValue();
    }
    // The usage comes after the finish reason, and then the end mark.
    return false;
  }

  /**
   * @throws ModelException when the chunks ended before the answer did, or it is empty
   */
  ChatReply reply() {
    if (finish.isEmpty()) {
      throw new ModelException(
          ModelException.Type.STREAM_INCOMPLETE, "The model's answer broke off.", null);
    }
    if (!reply.tools().stream().allMatch(ToolBuilder::begun)) {
      throw new ModelException(
          ModelException.Type.INVALID_RESPONSE, "The model asked for a tool without a name.", null);
    }
    hidden.forEach(h -> reply.redacted(HiddenExtras.data(h.tool().id(), h.extra())));
    return reply.build(
        switch (finish) {
          case "length" -> Finish.LENGTH;
          case "content_filter" -> Finish.FILTERED;
          case "error" ->
              throw new ModelException(
                  ModelException.Type.ERROR, "The model's answer ended with an error.", null);
          // Servers invent reasons; what was asked for is in the answer.
          default -> Finish.STOP;
        },
        usage);
  }

  private void content(JsonNode content) {
    if (content.isTextual()) {
      reply.text(content.textValue());
    }
    // Some servers send parts, thoughts among them.
    for (JsonNode part : content) {
      if (part.path("type").asText().equals("thinking")) {
        part.path("thinking").forEach(t -> reply.reasoning(t.path("text").asText()));
      } else {
        reply.text(part.path("text").asText());
      }
    }
  }

  private static String reasoning(JsonNode delta) {
    for (String field : new String[] {"reasoning_content", "reasoning"}) {
      if (delta.path(field).isTextual()) {
        return delta.path(field).textValue();
      }
    }
    return "";
  }

  private void tool(JsonNode call) {
    JsonNode function = call.path("function");
    ToolBuilder tool = builder(call);
    String name = function.path("name").asText("");
    if (!tool.begun() && !name.isEmpty()) {
      String given = call.path("id").asText("");
      tool.begin(given.isEmpty() ? newId(tool) : given, name);
    }
    JsonNode arguments = function.path("arguments");
    tool.arguments(arguments.isObject() ? arguments.toString() : arguments.asText(""));
    if (call.path("extra_content").isObject()) {
      hidden.add(new Hidden(tool, call.path("extra_content")));
    }
  }

  /** Some servers count no calls, or give all of them the same number. */
  private ToolBuilder builder(JsonNode call) {
    String given = call.path("id").asText("");
    List<ToolBuilder> tools = reply.tools();
    boolean counted = call.path("index").isInt();
    ToolBuilder there =
        counted
            ? byIndex.get(call.path("index").intValue())
            : tools.isEmpty() ? null : tools.getLast();
    boolean named = call.path("function").path("name").isTextual();
    boolean another =
        !given.isEmpty() && there != null && there.begun() && !there.id().equals(given);
    boolean uncounted = !counted && given.isEmpty() && named;
    if (there != null && !another && !uncounted) {
      return there;
    }
    ToolBuilder next = reply.tool();
    if (counted) {
      byIndex.put(call.path("index").intValue(), next);
    }
    return next;
  }

  private String newId(ToolBuilder tool) {
    String seed = id + '/' + place + '/' + tool.index();
    return "call_"
        + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "")
            .substring(0, 24);
  }

  private static ChatUsage usage(JsonNode usage) {
    JsonNode prompt = usage.path("prompt_tokens_details");
    int cached = prompt.path("cached_tokens").asInt(usage.path("prompt_cache_hit_tokens").asInt());
    return new ChatUsage(
        usage.path("prompt_tokens").asInt(),
        usage.path("completion_tokens").asInt(),
        cached,
        prompt.path("cache_write_tokens").asInt(),
        usage.path("completion_tokens_details").path("reasoning_tokens").asInt());
  }

  private record Hidden(ToolBuilder tool, JsonNode extra) {}
}
