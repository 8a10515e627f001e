package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.AgentService;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Texts;
import dev.mneme.engine.Correspondent;
import dev.mneme.engine.Correspondent.Answer;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.RunStatus;
import dev.mneme.run.StopReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Agents answer with their own model: {@code send_message}, and runs that go on meanwhile. */
final class RunTools {
  private static final int SHOWN = 500;
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final int LONGEST_SECONDS = 600;
  private static final Input RUN_ID =
      Input.text("run", "The run, as the answer of send_message names it.");
  private static final ObjectNode ANSWER =
      Outputs.object()
          .text("agent")
          .text("run")
          .text("status")
          .text("reply")
          .list("tool_calls", Outputs.object().text("tool").text("status").text("result").schema())
          .maybe("stop_reason", "string")
          .maybe("error", "string")
          .schema();

  private final AgentService agents;
  private final Correspondent correspondent;
  private final Callers callers;

  RunTools(AgentService agents, Correspondent correspondent, Callers callers) {
    this.agents = agents;
    this.correspondent = correspondent;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(send(), status(), cancel());
  }

  private McpTool send() {
    Inputs inputs =
        Inputs.of(
            Input.text("message", "What to say to the agent."),
            Input.whole(
                    "wait",
                    0,
                    LONGEST_SECONDS,
                    "Seconds to wait for the answer; then the agent goes on working, and run_status"
                        + " shows what it came to. Left out: until it has answered.")
                .optional(),
            Callers.AGENT);
    return new McpTool(
        "send_message",
        "Talk to an agent",
        "Sends a message to an agent, which thinks with its own model, may edit its memory and use"
            + " its tools, and answers. Without a model on the server, use turn_open and think for"
            + " the agent yourself.",
        inputs.schema(),
        Optional.of(ANSWER),
        new ToolAnnotations(false, true, false, true),
        Icons.TALK,
        (context, given) -> send(context, inputs.read("send_message", given)));
  }

  private McpTool status() {
    Inputs inputs =
        Inputs.of(
            RUN_ID,
            Input.whole("wait", 0, LONGEST_SECONDS, "Seconds to wait for its end; 0 by default.")
                .optional());
    return new McpTool(
        "run_status",
        "Look at a run",
        "Shows how far an agent is with a message, and what it has answered: status is running,"
            + " completed, failed or cancelled.",
        inputs.schema(),
        Optional.of(ANSWER),
        ToolAnnotations.READ,
        Icons.TALK,
        (context, given) -> {
          Arguments arguments = inputs.read("run_status", given);
          Duration wait = Duration.ofSeconds(arguments.whole("wait", 0));
          return reply(
              context,
              correspondent.look(
                  context.owner(), arguments.text("run"), wait, new Telling(context)));
        });
  }

  private McpTool cancel() {
    Inputs inputs = Inputs.of(RUN_ID);
    return new McpTool(
        "run_cancel",
        "Cancel a run",
        "Stops an agent that works on a message. What it has done until then stays; memory_undo"
            + " with the run takes its memory edits back.",
        inputs.schema(),
        Optional.of(Outputs.object().text("run").flag("cancelled").schema()),
        new ToolAnnotations(false, true, true, false),
        Icons.TALK,
        (context, given) -> {
          String run = inputs.read("run_cancel", given).text("run");
          ObjectNode reply = JsonNodeFactory.instance.objectNode().put("run", run);
          return ToolReply.of(reply.put("cancelled", correspondent.cancel(context.owner(), run)));
        });
  }

  private ToolReply send(CallContext context, Arguments arguments) {
    Conversation conversation = Conversation.of(callers.agent(context, arguments).id());
    Duration wait =
        arguments.whole("wait").isPresent()
            ? Duration.ofSeconds(arguments.whole("wait", 0))
            : FOR_EVER;
    try {
      return reply(
          context,
          correspondent.ask(
              context.owner(),
              conversation,
              arguments.text("message"),
              wait,
              new Telling(context)));
    } catch (MnemeException e) {
      throw e.code().equals("no_model") ? noModel() : e;
    }
  }

  /** Tells the client how far the agent is; what lasts becomes a task where the client has them. */
  private static final class Telling implements Correspondent.Listener {
    private final CallContext context;
    private final AtomicInteger said = new AtomicInteger();

    Telling(CallContext context) {
      this.context = context;
    }

    @Override
    public void said(Message message) {
      context.progress(said.incrementAndGet(), 0, progress(message));
    }

    @Override
    public void lasts(String runId) {
      context.last(runId);
    }

    private static String progress(Message message) {
      if (!message.toolRequests().isEmpty()) {
        return message.toolRequests().stream()
            .map(ToolRequest::name)
            .collect(Collectors.joining(", ", "calls ", ""));
      }
      return message.toolReturns().isEmpty() ? "answers" : "reads what the tools returned";
    }
  }

  /** Runs by which a client can go on asking when the server was started anew. */
  KeptWork kept() {
    return new KeptRuns(correspondent, this::reply);
  }

  private ToolReply reply(CallContext context, Answer answer) {
    return reply(context.owner(), answer);
  }

  private ToolReply reply(Owner owner, Answer answer) {
    if (answer.status() == RunStatus.FAILED) {
      return ToolReply.error(
          "Error (run_failed): "
              + answer
                  .error()
                  .orElseGet(() ->
                      "the run stopped with "
                          + answer.stop().map(StopReason::text).orElse("an error")
                          + ".")
              + "\nrun: "
              + answer.runId());
    }
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put(
        "agent",
        agents.find(owner, answer.agentId()).map(agent -> agent.name()).orElse(answer.agentId()));
    reply.put("run", answer.runId());
    reply.put("status", answer.status().text());
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
    answer.stop().ifPresent(stop -> reply.put("stop_reason", stop.text()));
    answer.error().ifPresent(error -> reply.put("error", error));
    return ToolReply.of(reply);
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
    return Texts.shorten(text, SHOWN);
  }
}
