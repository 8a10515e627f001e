package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.ClientRequest;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tools that take a round more in the era without sessions: with things no code in a sandbox may
 * ask for, or begun by the suite and left, for which a sandbox would wait minutes.
 */
final class RoundTools {
  private static final String PREFIX = "test_input_required_result_";

  private final Fixture fixture;

  RoundTools(Fixture fixture) {
    this.fixture = fixture;
  }

  List<McpTool> tools() {
    return List.of(
        tool(
            "elicitation",
            (context, given) ->
                FixtureTool.text(
                    "Hello, "
                        + ask(context, "user_name", fixture.elicit("name"))
                            .at("/content/name")
                            .asText()
                        + "!")),
        tool("sampling", one("capital_question", fixture.sample("capital"))),
        tool("list_roots", one("client_roots", fixture.roots())),
        tool("tampered_state", one("confirm", fixture.elicit("confirm"))),
        tool(
            "multiple_inputs",
            (context, given) -> {
              Map<String, ClientRequest> wanted = new LinkedHashMap<>();
              wanted.put("user_name", fixture.elicit("name"));
              wanted.put("greeting", fixture.sample("greeting"));
              wanted.put("client_roots", fixture.roots());
              return FixtureTool.text(context.request(wanted).toString());
            }),
        tool(
            "capabilities",
            (context, given) -> {
              Map<String, ClientRequest> wanted = new LinkedHashMap<>();
              for (ClientRequest each :
                  List.of(fixture.elicit("name"), fixture.sample("greeting"), fixture.roots())) {
                if (context.can(each.capability())) {
                  wanted.put(each.capability(), each);
                }
              }
              return FixtureTool.text(context.request(wanted).toString());
            }));
  }

  private static McpTool tool(String name, ToolHandler handler) {
    return FixtureTool.of(PREFIX + name, "Needs input: " + name + ".", handler);
  }

  private static ToolHandler one(String key, ClientRequest request) {
    return (context, given) -> FixtureTool.text(ask(context, key, request).toString());
  }

  static JsonNode ask(CallContext context, String key, ClientRequest request) {
    return context.request(Map.of(key, request)).getOrDefault(key, request.params());
  }
}
