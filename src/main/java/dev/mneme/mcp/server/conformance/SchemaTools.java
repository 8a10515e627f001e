package dev.mneme.mcp.server.conformance;

import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.List;

/**
 * Tools that a file of the library cannot be: two have schemas that no signature says, and the
 * suite gives the third half a second, which a sandbox that has to start does not keep.
 */
final class SchemaTools {
  private static final long PAUSE_MILLIS = 50;

  private final Fixture fixture;

  SchemaTools(Fixture fixture) {
    this.fixture = fixture;
  }

  List<McpTool> tools() {
    return List.of(
        FixtureTool.of("test_logging_tool", "Logs.", (context, given) -> log(context)),
        FixtureTool.of(
            "json_schema_2020_12_tool",
            "Has a schema with much of JSON Schema 2020-12.",
            fixture.object("schema_2020_12"),
            (context, given) -> FixtureTool.text("ok")),
        FixtureTool.of(
            "test_header_parameter",
            "Has an argument that is repeated in a header.",
            fixture.object("header_schema"),
            (context, given) -> FixtureTool.text("ok")));
  }

  private static ToolReply log(CallContext context) {
    context.log("info", "Tool execution started");
    pause();
    context.log("info", "Tool processing data");
    pause();
    context.log("info", "Tool execution completed");
    return FixtureTool.text("Done.");
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
