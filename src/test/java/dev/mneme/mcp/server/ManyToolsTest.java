package dev.mneme.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.tools.ManyTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tools that are too many to list, over HTTP. */
class ManyToolsTest {
  private static final ObjectNode INPUT =
      (ObjectNode)
          Json.parse(
              "{\"type\": \"object\", \"properties\": {\"id\": {\"type\": \"string\"}},"
                  + " \"required\": [\"id\"]}");
  private final List<McpTool> present = new ArrayList<>();
  private final TestingCatalog testing = new TestingCatalog();
  private TestingMcp mcp = open(3);
  private int ids;

  private TestingMcp open(int most) {
    Catalog base = testing.catalog();
    return new TestingMcp(
        new Catalog(
            base.tools().tools(),
            new dev.mneme.mcp.server.catalog.ToolSource() {
              @Override
              public List<McpTool> tools() {
                return List.copyOf(present);
              }

              @Override
              public AutoCloseable onChange(Runnable listener) {
                return () -> {};
              }
            },
            base.resources(),
            base.prompts(),
            base.completer(),
            new ManyTools(most)),
        FrontLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  private void offer(int count) {
    present.clear();
    for (int i = 0; i < count; i++) {
      String name = "thing" + i + "_get";
      present.add(
          new McpTool(
              name,
              name,
              "Shows thing number " + i + ".",
              INPUT,
              Optional.empty(),
              ToolAnnotations.READ,
              List.of(),
              (_, arguments) -> {
                if (arguments.path("id").asText().equals("away")) {
                  throw MnemeException.denied("approval_pending", name + " waits for a person.");
                }
                if (arguments.path("id").asText().equals("odd")) {
                  throw MnemeException.invalid("invalid_arguments", "They do not fit " + name);
                }
                return arguments.has("id")
                    ? ToolReply.of(JsonNodeFactory.instance.objectNode().put("tool", name))
                    : ToolReply.error("upstream is confused");
              }));
    }
  }

  private List<String> listed(String session) throws Exception {
    List<String> names = new ArrayList<>();
    send(session, "tools/list", Map.of())
        .at("/result/tools")
        .forEach(tool -> names.add(tool.path("name").asText()));
    return names;
  }

  private JsonNode send(String session, String method, Map<String, ?> params) throws Exception {
    return mcp.call(
        session,
        Json.write(Map.of("jsonrpc", "2.0", "id", ++ids, "method", method, "params", params)));
  }

  private JsonNode call(String session, String name, Map<String, ?> arguments) throws Exception {
    return send(session, "tools/call", Map.of("name", name, "arguments", arguments)).path("result");
  }

  private JsonNode through(String session, String name, Map<String, ?> arguments) throws Exception {
    return call(session, "call_tool", Map.of("name", name, "arguments", arguments));
  }

  private static String text(JsonNode result) {
    return result.at("/content/0/text").asText();
  }

  @Test
  void fewToolsAreListedWithTheirSchemasAndManyAreNot() throws Exception {
    offer(3);
    String session = mcp.session();
    assertThat(listed(session)).contains("echo", "thing2_get").doesNotContain("call_tool");

    offer(4);
    assertThat(listed(session))
        .contains("echo", "search_tools", "call_tool")
        .doesNotContain("thing2_get", "thing3_get");
  }

  @Test
  void aToolThatNeedsAnotherScopeThanToolsDoIsListed() throws Exception {
    offer(8);
    present.add(
        new McpTool(
                "writes",
                "writes",
                "Writes.",
                INPUT,
                Optional.empty(),
                ToolAnnotations.ADD,
                List.of(),
                (_, arguments) -> ToolReply.of(arguments))
            .in(Scope.MEMORY_WRITE));
    String session = mcp.session();

    assertThat(listed(session)).contains("writes", "call_tool").doesNotContain("thing2_get");
    assertThat(text(through(session, "writes", Map.of("id", "x"))))
        .contains("call it by its own name");
  }

  @Test
  void whatASearchFindsIsCalledThroughTheOneTool() throws Exception {
    offer(8);
    String session = mcp.session();

    JsonNode found = call(session, "search_tools", Map.of("query", "thing number 5", "limit", 1));
    assertThat(text(found)).contains("def thing5_get(*, id: str)").doesNotContain("thing4");
    assertThat(found.at("/structuredContent/tools/0/name").asText()).isEqualTo("thing5_get");

    JsonNode reply = through(session, "thing5_get", Map.of("id", "x"));
    assertThat(reply.at("/structuredContent/tool").asText()).isEqualTo("thing5_get");
  }

  @Test
  void aToolThatIsNotListedCanStillBeCalledByItsName() throws Exception {
    offer(8);

    JsonNode reply = call(mcp.session(), "thing5_get", Map.of("id", "x"));

    assertThat(reply.at("/structuredContent/tool").asText()).isEqualTo("thing5_get");
  }

  @Test
  void aWrongCallIsAnsweredWithTheSchemaAndOthersAreNot() throws Exception {
    offer(8);
    String session = mcp.session();

    assertThat(text(through(session, "thing5_get", Map.of("id", "odd"))))
        .contains("thing5_get", "\"required\":[\"id\"]");
    assertThat(text(through(session, "thing5_get", Map.of())))
        .contains("upstream is confused", "\"required\":[\"id\"]");
    assertThat(text(through(session, "thing5_get", Map.of("id", "away"))))
        .isEqualTo("Error (approval_pending): thing5_get waits for a person.");
  }

  @Test
  void aNameThatIsNoneOrIsListedIsRefusedWithAWayOn() throws Exception {
    offer(8);
    String session = mcp.session();

    assertThat(text(through(session, "get_thing7", Map.of())))
        .startsWith("Error (unknown_tool)")
        .contains("thing7_get");
    assertThat(text(through(session, "echo", Map.of()))).contains("call it by its own name");
    assertThat(testing.calls.get()).isZero();
  }
}
