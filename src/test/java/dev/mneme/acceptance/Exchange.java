package dev.mneme.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.mneme.common.Json;
import java.util.List;
import java.util.Map;

/**
 * What a model reads and writes, in the form of chat completions, counted with the tokenizer o200k:
 * each request sends the tools and all that was said before.
 */
final class Exchange {
  private static final Encoding TOKENS =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  private final ArrayNode messages = Json.mapper().createArrayNode();
  private final int tools;
  private int requests;
  private int calls;
  private long read;
  private long repeated;
  private int before;
  private long written;
  private int largest;

  /** A call a model makes. */
  record Made(String tool, Map<String, ?> arguments) {}

  /**
   * @param offered as {@code tools/list} has them; a model is shown name, description and input
   */
  Exchange(List<JsonNode> offered, String system, String user) {
    ArrayNode shown = Json.mapper().createArrayNode();
    for (JsonNode tool : offered) {
      ObjectNode function = shown.addObject().put("type", "function").putObject("function");
      function.put("name", tool.path("name").asText());
      function.put("description", tool.path("description").asText());
      function.set("parameters", tool.path("inputSchema"));
    }
    tools = count(shown.toString());
    messages.addObject().put("role", "system").put("content", system);
    messages.addObject().put("role", "user").put("content", user);
  }

  /** One request; the model answers with these calls, which really are made. */
  List<JsonNode> calls(McpHttp mcp, List<Made> made) throws Exception {
    ObjectNode answer = Json.mapper().createObjectNode().put("role", "assistant");
    ArrayNode list = answer.putArray("tool_calls");
    List<ObjectNode> replies = new java.util.ArrayList<>();
    List<JsonNode> results = new java.util.ArrayList<>();
    for (Made call : made) {
      String id = "call_" + ++calls;
      list.addObject()
          .put("id", id)
          .put("type", "function")
          .putObject("function")
          .put("name", call.tool())
          .put("arguments", Json.write(call.arguments()));
      JsonNode result = mcp.call(call.tool(), call.arguments());
      if (result.path("isError").asBoolean()) {
        throw new IllegalStateException(call + ": " + result);
      }
      results.add(result);
      replies.add(
          Json.mapper()
              .createObjectNode()
              .put("role", "tool")
              .put("tool_call_id", id)
              .put("content", result.at("/content/0/text").asText()));
    }
    request(answer);
    replies.forEach(messages::add);
    return results;
  }

  /** The last request; the model answers the user. */
  void answers(String text) {
    request(Json.mapper().createObjectNode().put("role", "assistant").put("content", text));
  }

  private void request(ObjectNode answer) {
    int input = tools + count(messages.toString());
    requests++;
    read += input;
    repeated += before;
    before = input;
    largest = Math.max(largest, input);
    written += count(answer.toString());
    messages.add(answer);
  }

  long read() {
    return read;
  }

  /**
   * What is paid for, in tokens read that are new; those written cost five times as much.
   *
   * @param again the part of the price for what the provider has read in the request before
   * @param known whether it has read the tools in another conversation already
   */
  double price(double again, boolean known) {
    return read - (1 - again) * (repeated + (known ? tools : 0)) + 5.0 * written;
  }

  int requests() {
    return requests;
  }

  int tools() {
    return tools;
  }

  /** What the user is told in the end. */
  String answer() {
    return messages.path(messages.size() - 1).path("content").asText();
  }

  long written() {
    return written;
  }

  String summary() {
    return requests
        + " requests, "
        + calls
        + " calls, "
        + tools
        + " tokens of tools in each request, "
        + written
        + " written, largest request "
        + largest;
  }

  private static int count(String text) {
    return TOKENS.countTokensOrdinary(text);
  }
}
