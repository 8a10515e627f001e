package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Texts;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolListener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Answers a server that wants a form filled in. The caller's person is asked, and told which server
 * asks; a form that wants a secret, or is no plain form, is declined without a word.
 */
final class Elicitation {
  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_FIELDS = 20;
  private static final int MAX_SCHEMA = 20_000;
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "array");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)passw|passphrase|secret|credential|api[ _-]?key|private[ _-]?key|access[ _-]?key"
              + "|\\btoken\\b|_token|token_|\\bpin\\b|one[ _-]?time[ _-]?code|\\botp\\b|\\bcvv\\b"
              + "|card[ _-]?number");

  private Elicitation() {}

  /** The result as it goes back to the server. */
  static ObjectNode answer(String server, ObjectNode params, ToolListener listener) {
    if (!(params.path("requestedSchema") instanceof ObjectNode schema)
        || !params.path("mode").asText("form").equals("form")
        || !isPlain(schema)
        || wantsSecret(schema)) {
      return action("decline");
    }
    String message = params.path("message").asText("").replaceAll("[\\p{Cntrl}&&[^\\n]]", "");
    String shown = Texts.head(message, MAX_MESSAGE);
    Form form = new Form("The MCP server " + server, shown, schema);
    return switch (listener.ask(form)) {
      case Reply.Given(JsonNode given) ->
          content(schema, given)
              .map(content -> {
                ObjectNode result = action("accept");
                result.set("content", content);
                return result;
              })
              .orElseGet(() -> action("cancel"));
      case Reply.Declined _, Reply.Nobody _ -> action("decline");
    };
  }

  private static ObjectNode action(String action) {
    return Json.mapper().createObjectNode().put("action", action);
  }

  private static boolean isPlain(ObjectNode schema) {
    JsonNode fields = schema.path("properties");
    if (!fields.isObject()
        || fields.size() > MAX_FIELDS
        || Json.write(schema).length() > MAX_SCHEMA) {
      return false;
    }
    for (JsonNode field : fields) {
      if (!TYPES.contains(field.path("type").asText(""))) {
        return false;
      }
    }
    return true;
  }

  private static boolean wantsSecret(ObjectNode schema) {
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode said = field.getValue();
      String text = field.getKey() + " " + said.path("title").asText("");
      if (SECRET.matcher(text).find()
          || SECRET.matcher(said.path("description").asText("")).find()
          || said.path("format").asText("").equals("password")) {
        return true;
      }
    }
    return false;
  }

  /** The fields that were asked for and no others, with the presets of those left out. */
  private static Optional<ObjectNode> content(ObjectNode schema, JsonNode given) {
    ObjectNode content = Json.mapper().createObjectNode();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      JsonNode value = given.path(field.getKey());
      if (value.isMissingNode() || value.isNull()) {
        value = field.getValue().path("default");
      }
      if (!value.isMissingNode()) {
        if (!fits(field.getValue().path("type").asText(), value)) {
          return Optional.empty();
        }
        content.set(field.getKey(), value);
      }
    }
    for (JsonNode required : schema.path("required")) {
      if (!content.has(required.asText())) {
        return Optional.empty();
      }
    }
    return Optional.of(content);
  }

  private static boolean fits(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      case "boolean" -> value.isBoolean();
      default -> value.isArray();
    };
  }
}
