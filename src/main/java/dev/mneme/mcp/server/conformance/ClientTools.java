package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.List;
import java.util.Map;

/** Tools that need one thing of the client. */
final class ClientTools {
  private static final String KEY = "wanted";

  private final Fixture fixture;

  ClientTools(Fixture fixture) {
    this.fixture = fixture;
  }

  List<McpTool> tools() {
    return List.of(
        FixtureTool.of(
            "test_sampling",
            "Asks the client's model.",
            FixtureTool.schema("prompt"),
            (context, given) -> sample(context, given.path("prompt").asText())),
        FixtureTool.of(
            "test_missing_capability",
            "Needs a client that has a model.",
            (context, given) -> sample(context, "Hello")),
        FixtureTool.of(
            "test_streaming_elicitation",
            "Tells how far it is and asks the user.",
            (context, given) -> {
              context.progress(1, 2, "asking");
              return asked(context, fixture.elicit("confirm"));
            }));
  }

  private ToolReply sample(CallContext context, String prompt) {
    ObjectNode params = fixture.object("capital").deepCopy();
    ((ObjectNode) params.at("/messages/0/content")).put("text", prompt);
    JsonNode result = one(context, new ClientRequest(ClientRequest.SAMPLE, params));
    return FixtureTool.text("LLM response: " + result.at("/content/text").asText());
  }

  private static ToolReply asked(CallContext context, ClientRequest request) {
    JsonNode result = one(context, request);
    return FixtureTool.text(
        "User response: action="
            + result.path("action").asText()
            + ", content="
            + result.path("content"));
  }

  private static JsonNode one(CallContext context, ClientRequest request) {
    return context.request(Map.of(KEY, request)).getOrDefault(KEY, request.params());
  }
}
