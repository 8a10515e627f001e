package dev.mneme.mcp.server.conformance;

import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.tool.Artifact;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** One tool for each kind of content, and for what is reported meanwhile. */
final class ContentTools {
  private static final long PAUSE_MILLIS = 50;

  private final Artifact picture;
  private final Artifact sound;
  private final Fixture fixture;

  ContentTools(Fixture fixture) {
    this.fixture = fixture;
    this.picture = Artifact.of("dot.png", fixture.text("png"));
    this.sound = Artifact.of("beep.wav", fixture.text("wav"));
  }

  List<McpTool> tools() {
    return List.of(
        FixtureTool.of(
            "test_simple_text",
            "Answers a text.",
            (context, given) -> FixtureTool.text("This is a simple text response for testing.")),
        FixtureTool.of(
            "test_image_content",
            "Answers a picture.",
            (context, given) -> FixtureTool.text("A picture:").with(List.of(picture))),
        FixtureTool.of(
            "test_audio_content",
            "Answers a sound.",
            (context, given) -> FixtureTool.text("A sound:").with(List.of(sound))),
        FixtureTool.of(
            "test_embedded_resource",
            "Answers a resource.",
            (context, given) ->
                FixtureTool.text("A resource:")
                    .with(List.of(file("embedded.txt", "This is an embedded resource content.")))),
        FixtureTool.of(
            "test_multiple_content_types",
            "Answers a text, a picture and a resource.",
            (context, given) ->
                FixtureTool.text("Multiple content types test:")
                    .with(
                        List.of(picture, file("mixed.json", "{\"test\":\"data\",\"value\":123}")))),
        FixtureTool.of(
            "test_error_handling",
            "Fails.",
            (context, given) ->
                ToolReply.error("This tool intentionally returns an error for testing")),
        FixtureTool.of(
            "test_tool_with_progress", "Tells how far it is.", (context, given) -> work(context)),
        FixtureTool.of("test_tool_with_logging", "Logs.", (context, given) -> log(context)),
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

  private static Artifact file(String name, String text) {
    return Artifact.of(
        name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ToolReply work(CallContext context) {
    for (int done : List.of(0, 50, 100)) {
      context.progress(done, 100, "Completed " + done + " of 100");
      pause();
    }
    return FixtureTool.text("Done.");
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
