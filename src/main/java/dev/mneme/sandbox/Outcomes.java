package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import java.nio.charset.StandardCharsets;

/** Puts the end of a call into the words a caller gets. */
final class Outcomes {
  private static final int MAX_TEXT = 20_000;

  private Outcomes() {}

  static ToolOutcome of(PendingCall call, PendingCall.End end, long memory) {
    return switch (end) {
      case PendingCall.End.Finished(WorkerMessage.Result result) -> of(call, result, memory);
      case PendingCall.End.Died(WorkerFactory.Exit exit, String text) ->
          exit == WorkerFactory.Exit.OUT_OF_MEMORY
              ? memory(call, memory)
              : failed(call, Reason.UNAVAILABLE, text);
    };
  }

  private static ToolOutcome of(PendingCall call, WorkerMessage.Result result, long memory) {
    call.append(result.stdout(), result.stderr());
    String stdout = call.stdout() + cutMark(call, result.dropped());
    return switch (result.status()) {
      case "ok" -> success(call, result.text(), stdout);
      case "memory" -> memory(call, memory);
      case "result" -> result(call);
      case "cpu" -> processorTime(call);
      default ->
          new Failure(
              Reason.ERROR,
              bounded(result.text()),
              bounded(result.traceback()),
              stdout,
              call.stderr());
    };
  }

  private static ToolOutcome success(PendingCall call, String json, String stdout) {
    int limit = call.work().limits().result();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > limit) {
      return result(call);
    }
    try {
      JsonNode value = Json.parse(bytes);
      return new Success(value, stdout, call.stderr(), call.files());
    } catch (MnemeException e) {
      return new Failure(
          Reason.ERROR, "The result is not usable: " + e.message(), "", stdout, call.stderr());
    }
  }

  private static ToolOutcome result(PendingCall call) {
    return failed(
        call,
        Reason.LIMIT,
        "The result is longer than the result limit of "
            + call.work().limits().result()
            + " bytes; return less, or a summary.");
  }

  static ToolOutcome memory(PendingCall call, long memory) {
    return failed(
        call,
        Reason.LIMIT,
        "The code needed more memory than the memory limit of " + (memory >> 20) + " MB.");
  }

  static ToolOutcome processorTime(PendingCall call) {
    return failed(
        call,
        Reason.LIMIT,
        "The call used more processor time than the limit of "
            + CallWatch.text(call.work().limits().cpu())
            + ".");
  }

  static ToolOutcome failed(PendingCall call, Reason reason, String message) {
    return new Failure(reason, message, "", call.stdout(), call.stderr());
  }

  static ToolOutcome notStarted(Reason reason, String message) {
    return new Failure(reason, message, "", "", "");
  }

  private static String cutMark(PendingCall call, long dropped) {
    return dropped <= 0
        ? ""
        : "\n[output cut at "
            + call.work().limits().output()
            + " characters; "
            + dropped
            + " more were dropped]";
  }

  private static String bounded(String text) {
    return Texts.head(text, MAX_TEXT);
  }
}
