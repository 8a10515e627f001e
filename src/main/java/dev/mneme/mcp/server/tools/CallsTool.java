package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import java.util.Optional;

/** {@code calls}: the operator looks at what tools were called. */
final class CallsTool {
  private static final int DEFAULT = 20;

  private final Ledger ledger;

  CallsTool(Ledger ledger) {
    this.ledger = ledger;
  }

  McpTool tool() {
    Inputs inputs =
        Inputs.of(
            Input.text("tool", "Only calls of this tool.").optional(),
            Input.text("agent_id", "Only calls of this agent.").optional(),
            Input.choice(
                    "outcome", "Only calls that ended so.", "ok", "tool_error", "protocol_error")
                .optional(),
            Input.whole("limit", 1, 100, "How many at the most, 20 by default.").optional());
    ObjectNode call =
        Outputs.object()
            .text("id")
            .text("at")
            .text("tool")
            .text("source")
            .text("face")
            .maybe("agent", "string")
            .maybe("run", "string")
            .maybe("backend", "string")
            .text("arguments")
            .text("outcome")
            .maybe("reason", "string")
            .maybe("message", "string")
            .whole("queue_micros")
            .whole("start_micros")
            .whole("run_micros")
            .schema();
    return new McpTool(
        "calls",
        "Look at tool calls",
        "Lists what sandboxed tools and scripts were called, newest first, with how each ended and"
            + " how long it took. For the operator: use it to find out what failed and why.",
        inputs.schema(),
        Optional.of(Outputs.object().list("calls", call).schema()),
        ToolAnnotations.READ,
        Icons.JOURNAL,
        (context, given) -> list(context, inputs.read("calls", given)));
  }

  private ToolReply list(CallContext context, Arguments arguments) {
    if (!context.owner().equals(Owner.DEFAULT)) {
      throw MnemeException.denied("operator_only", "Only the operator may look at tool calls.");
    }
    CallQuery query =
        new CallQuery(
            arguments.optional("tool"),
            arguments.optional("agent_id"),
            arguments.optional("outcome"),
            Optional.empty(),
            arguments.whole("limit", DEFAULT));
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    ArrayNode list = reply.putArray("calls");
    ledger.list(context.owner(), query).forEach(entry -> describe(entry, list.addObject()));
    return ToolReply.of(reply);
  }

  private static void describe(CallEntry entry, ObjectNode node) {
    node.put("id", entry.id())
        .put("at", entry.startedAt().toString())
        .put("tool", entry.tool())
        .put("source", entry.source().text())
        .put("face", entry.caller().face().text());
    entry.caller().agentId().ifPresent(agent -> node.put("agent", agent));
    entry.caller().runId().ifPresent(run -> node.put("run", run));
    put(node, "backend", entry.place().backend());
    node.put("arguments", entry.arguments()).put("outcome", entry.ending().outcome().text());
    put(node, "reason", entry.ending().reason());
    put(node, "message", entry.ending().message());
    node.put("queue_micros", entry.place().queue())
        .put("start_micros", entry.place().start())
        .put("run_micros", entry.place().run());
  }

  private static void put(ObjectNode node, String key, String text) {
    if (!text.isEmpty()) {
      node.put(key, text);
    }
  }
}
