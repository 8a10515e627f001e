package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolOutcome;

/**
 * {@code tool}: a script calls a tool of the library. Only scripts may, and what they call may not
 * call on, so a call never waits for a worker that its own caller holds.
 */
public final class ToolAsk implements Operation {
  /** Calls a tool that the caller may use. */
  @FunctionalInterface
  public interface Tools {
    /**
     * The outcome.
     *
     * @throws MnemeException where the caller may not use the tool, or the arguments do not fit
     */
    ToolOutcome call(Caller caller, String name, ObjectNode arguments);
  }

  private final Tools tools;

  public ToolAsk(Tools tools) {
    this.tools = tools;
  }

  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    if (!call.grants().tools()) {
      throw MnemeException.denied(
          "tools_not_granted", "This code may not call tools; scripts may, unless policy forbids.");
    }
    String name = new Payload(payload).text("name");
    if (!(payload.path("arguments") instanceof ObjectNode arguments)) {
      throw Payload.wrong("arguments", "an object");
    }
    return switch (tools.call(call.caller(), name, arguments)) {
      case ToolOutcome.Success success ->
          JsonNodeFactory.instance.objectNode().set("result", success.value());
      case ToolOutcome.Failure failure ->
          throw MnemeException.invalid("tool_failed", name + " failed: " + failure.message());
    };
  }
}
