package dev.mneme.model.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatReply.Finish;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.ModelException;
import dev.mneme.model.http.EventHandler;
import dev.mneme.model.http.ReplyBuilder;
import dev.mneme.model.http.ToolBuilder;
import java.util.HashMap;
import java.util.Map;

/** Puts the events of one message together. Used once, by one thread. */
final class AnthropicStream implements EventHandler {
  private final ReplyBuilder reply;
  private final Map<Integer, ToolBuilder> tools = new HashMap<>();
  private String stop = "";
  private boolean complete;
  private int input;
  private int cacheRead;
  private int cacheWrite;
  private int output;

  AnthropicStream(ChatListener listener) {
    this.reply = new ReplyBuilder(listener);
  }

  @Override
  public boolean onEvent(JsonNode event) {
    switch (event.path("type").asText()) {
      case "message_start" -> usage(event.path("message").path("usage"));
      case "content_block_start" -> begin(event.path("index").asInt(), event.path("content_block"));
      case "content_block_delta" -> delta(event.path("index").asInt(), event.path("delta"));
      case "content_block_stop" -> reply.endPart();
      case "message_delta" -> {
        stop = event.path("delta").path("stop_reason").asText(stop);
        usage(event.path("usage"));
      }
      case "message_stop" -> complete = true;
      default -> {
        // Pings, and what later versions add.
      }
    }
    return complete;
  }

  /**
   * @throws ModelException when the events ended before the message did, or it is empty
   */
  ChatReply reply() {
    if (!complete) {
      throw new ModelException(
          ModelException.Type.STREAM_INCOMPLETE, "The model's answer broke off.", null);
    }
    Finish finish =
        switch (stop) {
          case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
          case "refusal" -> Finish.FILTERED;
          default -> Finish.STOP;
        };
    return reply.build(
        finish, new ChatUsage(input + cacheRead + cacheWrite, output, cacheRead, cacheWrite, 0));
  }

  private void begin(int index, JsonNode block) {
    reply.endPart();
    switch (block.path("type").asText()) {
      case "text" -> reply.text(block.path("text").asText());
      case "thinking" -> {
        reply.reasoning(block.path("thinking").asText());
        signature(block.path("signature"));
      }
      case "redacted_thinking" -> reply.redacted(block.path("data").asText());
      case "tool_use" -> {
        ToolBuilder tool = reply.tool();
        tools.put(index, tool);
        tool.begin(block.path("id").asText(), block.path("name").asText());
        // Usually empty, and then written in pieces.
        if (block.path("input").isObject() && !block.path("input").isEmpty()) {
          tool.arguments(block.path("input").toString());
        }
      }
      default -> {
        // What later versions add.
      }
    }
  }

  private void delta(int index, JsonNode delta) {
    switch (delta.path("type").asText()) {
      case "text_delta" -> reply.text(delta.path("text").asText());
      case "thinking_delta" -> reply.reasoning(delta.path("thinking").asText());
      case "signature_delta" -> signature(delta.path("signature"));
      case "input_json_delta" -> {
        ToolBuilder tool = tools.get(index);
        if (tool != null) {
          tool.arguments(delta.path("partial_json").asText());
        }
      }
      default -> {
        // What later versions add.
      }
    }
  }

  private void signature(JsonNode signature) {
    if (!signature.asText().isEmpty()) {
      reply.signature(signature.textValue());
    }
  }

  /** Later counts replace earlier ones. */
  private void usage(JsonNode usage) {
    input = usage.path("input_tokens").asInt(input);
    cacheRead = usage.path("cache_read_input_tokens").asInt(cacheRead);
    cacheWrite = usage.path("cache_creation_input_tokens").asInt(cacheWrite);
    output = usage.path("output_tokens").asInt(output);
  }
}
