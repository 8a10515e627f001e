package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.Session;
import dev.mneme.tool.Question;
import dev.mneme.tool.Reply;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the person at the client, by elicitation, where the client has it. */
final class Asking {
  /** How long a client may take to answer what the server asks. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Logger log = LoggerFactory.getLogger(Asking.class);
  private static final String ANSWER = "answer";

  /** The person has to know who asks, whatever the question says of itself. */
  private static final String ORIGIN =
      "Code that runs in Mneme's sandbox asks (do not give secrets): ";

  private Asking() {}

  static Reply ask(Question question, Session session, McpAsyncServerExchange exchange) {
    ClientCapabilities client = exchange.getClientCapabilities();
    if (client == null || client.elicitation() == null) {
      return new Reply.Nobody("the client cannot ask its user");
    }
    session.asks();
    try {
      Optional<ElicitResult> result =
          exchange
              .createElicitation(
                  ElicitFormRequest.builder(ORIGIN + question.text(), form(question)).build())
              .blockOptional(PATIENCE);
      return result
          .map(given -> reply(question, given))
          .orElseGet(() -> new Reply.Nobody("the client did not answer"));
    } catch (RuntimeException e) {
      log.debug("a question was not answered", e);
      return new Reply.Nobody("the client did not answer");
    } finally {
      session.asked();
    }
  }

  private static Map<String, Object> form(Question question) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("title", "Answer");
    switch (question.kind()) {
      case TEXT -> field.put("type", "string");
      case YES_NO -> field.put("type", "boolean");
      case NUMBER -> field.put("type", "number");
      case CHOICE -> {
        field.put("type", "string");
        field.put("enum", question.choices());
      }
    }
    return Map.of(
        "type", "object", "properties", Map.of(ANSWER, field), "required", List.of(ANSWER));
  }

  private static Reply reply(Question question, ElicitResult result) {
    return switch (result.action()) {
      case DECLINE -> new Reply.Declined();
      case CANCEL -> new Reply.Nobody("the user closed it");
      case ACCEPT -> given(question, result.content());
    };
  }

  /** What a client sends has the form that was asked for, or is no answer. */
  private static Reply given(Question question, @Nullable Map<String, Object> content) {
    JsonNode value = Json.mapper().valueToTree(content).path(ANSWER);
    boolean fits =
        switch (question.kind()) {
          case TEXT -> value.isTextual();
          case YES_NO -> value.isBoolean();
          case NUMBER -> value.isNumber();
          case CHOICE -> value.isTextual() && question.choices().contains(value.asText());
        };
    return fits ? new Reply.Given(value) : new Reply.Nobody("the client's answer has another form");
  }
}
