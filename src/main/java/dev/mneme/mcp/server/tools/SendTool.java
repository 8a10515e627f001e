package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.Correspondent;
import dev.mneme.engine.Correspondent.Answer;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.RunStatus;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** {@code send_message}: an agent answers with its own model. */
final class SendTool {
  private static final int SHOWN = 500;

  private final Correspondent correspondent;
  private final Callers callers;

  SendTool(Correspondent correspondent, Callers callers) {
    this.correspondent = correspondent;
    this.callers = callers;
  }

  McpTool tool() {
    Inputs inputs = Inputs.of(Input.text("message", "What to say to the agent."), Callers.AGENT);
    ObjectNode call = Outputs.object().text("tool").text("status").text("result").schema();
    return new McpTool(
        "send_message",
        "Talk to an agent",
        "Sends a message to an agent, which thinks with its own model, may edit its memory and use"
            + " its tools, and answers. Without a model on the server, use turn_open and think for"
            + " the agent yourself.",
        inputs.schema(),
        Optional.of(
            Outputs.object()
                .text("agent")
                .text("run")
                .text("reply")
                .list("tool_calls", call)
                .text("stop_reason")
                .maybe("error", "string")
                .schema()),
        new ToolAnnotations(false, true, false, true),
        Icons.TALK,
        (context, given) -> send(context, inputs.read("send_message", given)));
  }

  private ToolReply send(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    AtomicInteger said = new AtomicInteger();
    Answer answer;
    try {
      answer =
          correspondent.ask(
              context.owner(),
              Conversation.of(agent.id()),
              arguments.text("message"),
              message -> context.progress(said.incrementAndGet(), 0, progress(message)));
    } catch (MnemeException e) {
      throw e.code().equals("no_model") ? noModel() : e;
    }
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("agent", agent.name()).put("run", answer.runId());
    reply.put("reply", String.join("\n\n", answer.texts()));
    ArrayNode calls = reply.putArray("tool_calls");
    for (ToolReturn ended : answer.tools()) {
      if (!ended.tool().equals(BuiltIns.SEND_MESSAGE)) {
        calls
            .addObject()
            .put("tool", ended.tool())
            .put("status", ended.isError() ? "failed" : "ok")
            .put("result", Fence.around(ended.tool(), cut(ended.text())));
      }
    }
    reply.put("stop_reason", answer.stop().text());
    answer.error().ifPresent(error -> reply.put("error", error));
    return answer.stop().status() == RunStatus.FAILED
        ? ToolReply.error(
            "Error (run_failed): "
                + answer.error().orElse("the run stopped with " + answer.stop().text() + ".")
                + "\nrun: "
                + answer.runId())
        : ToolReply.of(reply);
  }

  private static String progress(Message message) {
    if (!message.toolRequests().isEmpty()) {
      return message.toolRequests().stream()
          .map(ToolRequest::name)
          .collect(Collectors.joining(", ", "calls ", ""));
    }
    return message.toolReturns().isEmpty() ? "answers" : "reads what the tools returned";
  }

  private static MnemeException noModel() {
    return MnemeException.invalid(
        "no_model",
        "The agent has no model to think with. Three ways out: (1) think for it yourself: call"
            + " turn_open with the same message, then turn_commit; no key is needed. (2) Ask the"
            + " user to set a provider's key, such as OPENAI_API_KEY or ANTHROPIC_API_KEY, where"
            + " Mneme runs. (3) Ask them to start a local model and set OPENAI_BASE_URL or"
            + " OLLAMA_BASE_URL to its address.");
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
