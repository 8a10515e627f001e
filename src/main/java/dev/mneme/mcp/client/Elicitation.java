package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolListener;

/**
 * Answers a server that wants a form filled in. The caller's person is asked, and told which server
 * asks; a form that wants a secret, or is no plain form, is declined without a word.
 */
final class Elicitation {
  private static final int MAX_MESSAGE = 2_000;

  private Elicitation() {}

  /** The result as it goes back to the server. */
  static ObjectNode answer(String server, ObjectNode params, ToolListener listener) {
    if (!(params.path("requestedSchema") instanceof ObjectNode schema)
        || !params.path("mode").asText("form").equals("form")) {
      return action("decline");
    }
    String message = params.path("message").asText("").replaceAll("[\\p{Cntrl}&&[^\\n]]", "");
    String shown = Texts.head(message, MAX_MESSAGE);
    Form form = new Form("The MCP server " + server, shown, schema);
    if (!form.isPlain() || form.wantsSecret()) {
      return action("decline");
    }
    return switch (listener.ask(form)) {
      case Reply.Given(JsonNode given) ->
          form.content(given)
              .map(content -> {
                ObjectNode result = action("accept");
                result.set("content", content);
                return result;
              })
              .orElseGet(() -> action("cancel"));
      case Reply.Closed _ -> action("cancel");
      case Reply.Declined _, Reply.Nobody _ -> action("decline");
    };
  }

  private static ObjectNode action(String action) {
    return Json.mapper().createObjectNode().put("action", action);
  }
}
