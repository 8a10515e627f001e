package dev.mneme.api.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.message.Message;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunEvent;
import dev.mneme.run.StopReason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one run as what clients read. The same events give the same messages, however often
 * they are told. Confined to one thread.
 */
public final class Telling {
  private final AnswerForm form;
  private final Speech speech;

  public Telling(AnswerForm form, Speaker speaker, Clock clock) {
    this.form = form;
    this.speech = new Speech(form, speaker, clock);
  }

  /** The messages of an event; none for the last ones, which are told in another form. */
  public List<ObjectNode> of(RunEvent event) {
    return switch (event) {
      case RunEvent.ReasoningDelta delta -> wanted(speech.of(delta));
      case RunEvent.TextDelta delta -> wanted(speech.of(delta));
      case RunEvent.ToolRequestDelta delta -> wanted(speech.of(delta));
      case RunEvent.Said said -> said(said.message());
      case RunEvent.Compacted compacted -> compacted(compacted);
      case RunEvent.Failed _, RunEvent.Ended _ -> List.of();
    };
  }

  private List<ObjectNode> said(Message message) {
    return speech.rest(
        message.id(),
        WireMessages.of(message, form),
        message.toolRequests().stream()
            .filter(request -> FanOut.said(form, request).isEmpty())
            .toList());
  }

  private List<ObjectNode> compacted(RunEvent.Compacted compacted) {
    Message summary = compacted.summary();
    List<ObjectNode> told = new ArrayList<>();
    if (form.compactions()) {
      ObjectNode event = WireMessages.base(summary, "event_message", 1);
      event.put("event_type", "compaction");
      event
          .putObject("event_data")
          .put("trigger", compacted.trigger())
          .put("context_token_estimate", compacted.contextTokens())
          .put("context_window", compacted.contextWindow());
      told.add(event);
    }
    told.addAll(WireMessages.of(summary, form));
    return wanted(told);
  }

  private List<ObjectNode> wanted(List<ObjectNode> messages) {
    return messages.stream().filter(form::wants).toList();
  }

  public static ObjectNode stop(StopReason reason) {
    return Json.mapper()
        .createObjectNode()
        .put("message_type", "stop_reason")
        .put("stop_reason", reason.text());
  }

  public static ObjectNode usage(RunEvent.Ended ended) {
    ChatUsage usage = ended.usage();
    return Json.mapper()
        .createObjectNode()
        .put("message_type", "usage_statistics")
        .put("completion_tokens", usage.completionTokens())
        .put("prompt_tokens", usage.promptTokens())
        .put("total_tokens", usage.totalTokens())
        .put("step_count", ended.steps())
        .putNull("run_ids")
        .put("cached_input_tokens", usage.cachedInputTokens())
        .put("cache_write_tokens", usage.cacheWriteTokens())
        .put("reasoning_tokens", usage.reasoningTokens())
        .put("context_tokens", ended.contextTokens());
  }

  public static ObjectNode error(String runId, RunEvent.Failed failed) {
    return Json.mapper()
        .createObjectNode()
        .put("message_type", "error_message")
        .put("run_id", runId)
        .put("error_type", failed.errorType())
        .put("message", failed.message())
        .put("detail", failed.message());
  }

  /** The line that tells that the connection is alive. */
  public static ObjectNode ping(String id, Clock clock) {
    return WireMessages.base(id, clock.instant(), "ping");
  }
}
