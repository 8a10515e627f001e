package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.McpPrompt;
import dev.mneme.mcp.server.catalog.McpPrompt.Argument;
import java.util.List;

/** The prompts of the suite. */
final class FixturePrompts {
  private final Fixture fixture;

  FixturePrompts(Fixture fixture) {
    this.fixture = fixture;
  }

  List<McpPrompt> prompts() {
    return List.of(
        prompt(
            "test_simple_prompt",
            List.of(),
            (context, given) -> List.of(text("This is a simple prompt for testing."))),
        prompt(
            "test_prompt_with_arguments",
            List.of(argument("arg1"), argument("arg2")),
            (context, given) ->
                List.of(
                    text(
                        "Prompt with arguments: arg1='"
                            + given.get("arg1")
                            + "', arg2='"
                            + given.get("arg2")
                            + "'"))),
        prompt(
            "test_prompt_with_embedded_resource",
            List.of(argument("resourceUri")),
            (context, given) ->
                List.of(
                    resource(given.getOrDefault("resourceUri", "")),
                    text("Please process the embedded resource above."))),
        prompt(
            "test_prompt_with_image",
            List.of(),
            (context, given) -> List.of(picture(), text("Please analyze the image above."))),
        prompt(
            "test_input_required_result_prompt",
            List.of(),
            (context, given) ->
                List.of(
                    text(
                        RoundTools.ask(context, "user_context", fixture.elicit("context"))
                            .at("/content/context")
                            .asText()))));
  }

  private static McpPrompt prompt(
      String name, List<Argument> arguments, McpPrompt.Content content) {
    return new McpPrompt(name, name, "For the conformance suite.", arguments, content);
  }

  private static Argument argument(String name) {
    return new Argument(name, name, "Any text.", true);
  }

  private static ObjectNode text(String text) {
    return JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text);
  }

  private static ObjectNode resource(String uri) {
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("type", "resource");
    content
        .putObject("resource")
        .put("uri", uri)
        .put("mimeType", "text/plain")
        .put("text", "Embedded resource content for testing.");
    return content;
  }

  private ObjectNode picture() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "image")
        .put("data", fixture.text("png"))
        .put("mimeType", "image/png");
  }
}
