package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.RpcError;
import dev.mneme.mcp.server.RpcException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolHandler;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools whose calls last, and one whose do not. */
final class TaskTools {
  private static final String EXTENSION = "io.modelcontextprotocol/tasks";
  private static final double LONGEST_SECONDS = 120;

  private final Fixture fixture;

  TaskTools(Fixture fixture) {
    this.fixture = fixture;
  }

  List<McpTool> tools() {
    return List.of(
        FixtureTool.of(
            "greet",
            "Greets.",
            FixtureTool.schema("name"),
            (context, given) -> FixtureTool.text("Hello, " + given.path("name").asText() + "!")),
        FixtureTool.of("slow_compute", "Takes its time.", seconds(), TaskTools::compute),
        required(
            "failing_job",
            (context, given) -> {
              sleep(1);
              return ToolReply.error("This job fails, as it is meant to.");
            }),
        required(
            "protocol_error_job",
            (context, given) -> {
              throw new RpcException(
                  RpcError.of(RpcError.INTERNAL, "This job breaks, as it is meant to."));
            }),
        FixtureTool.of(
            "confirm_delete",
            "Asks before it would delete.",
            FixtureTool.schema("filename"),
            (context, given) -> {
              context.last();
              JsonNode answer = RoundTools.ask(context, "confirm", fixture.elicit("confirm"));
              return FixtureTool.text("Answered: " + answer.path("action").asText());
            }),
        FixtureTool.of("multi_input", "Asks two things at once.", this::askTwo),
        FixtureTool.of(
            "test_tool_with_task",
            "Asks, then works on.",
            (context, given) -> {
              JsonNode answer = RoundTools.ask(context, "user_name", fixture.elicit("name"));
              context.last();
              sleep(0.2);
              return FixtureTool.text("Done for " + answer.at("/content/name").asText() + ".");
            }));
  }

  private ToolReply askTwo(CallContext context, ObjectNode given) {
    context.last();
    Map<String, ClientRequest> wanted = new LinkedHashMap<>();
    wanted.put("first", fixture.elicit("name"));
    wanted.put("second", fixture.elicit("confirm"));
    return FixtureTool.text("Answered: " + context.request(wanted).size());
  }

  private static McpTool required(String name, ToolHandler handler) {
    return FixtureTool.of(
        name,
        "Is done as a task only.",
        (context, given) -> {
          if (!context.last()) {
            throw new RpcException(RpcError.missingExtension(EXTENSION));
          }
          return handler.call(context, given);
        });
  }

  private static ToolReply compute(CallContext context, ObjectNode given) {
    double seconds = Math.clamp(given.path("seconds").asDouble(), 0, LONGEST_SECONDS);
    if (seconds > 0) {
      context.last();
    }
    sleep(seconds);
    return FixtureTool.text("Computed for " + seconds + " s.");
  }

  private static void sleep(double seconds) {
    try {
      Thread.sleep((long) (seconds * 1000));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode seconds() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("seconds").put("type", "number");
    properties.putObject("label").put("type", "string");
    return schema;
  }
}
