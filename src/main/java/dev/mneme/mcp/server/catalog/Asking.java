package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Form;
import dev.mneme.tool.Question;
import dev.mneme.tool.Reply;
import java.util.Map;

/** Asks the person at the client, by elicitation, where the client has it. */
final class Asking {
  private static final String KEY = "question";
  private static final String ANSWER = "answer";

  /** The person has to know who asks, whatever the question says of itself. */
  private static final String ORIGIN =
      "Code that runs in Mneme's sandbox asks (do not give secrets): ";

  private Asking() {}

  static Reply ask(Question question, CallContext context) {
    ClientRequest form = new ClientRequest(ClientRequest.ELICIT, form(question));
    if (!context.can(form.capability())) {
      return new Reply.Nobody("the client cannot ask its user");
    }
    try {
      return reply(question, context.request(Map.of(KEY, form)).getOrDefault(KEY, form.params()));
    } catch (MnemeException e) {
      return new Reply.Nobody("the client did not answer");
    }
  }

  /** Another program's form; who asks stands before whatever it says of itself. */
  static Reply ask(Form form, CallContext context) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("mode", "form");
    params.put("message", form.asker() + " asks (do not give secrets): " + form.message());
    params.set("requestedSchema", form.schema());
    ClientRequest request = new ClientRequest(ClientRequest.ELICIT, params);
    if (!context.can(request.capability())) {
      return new Reply.Nobody("the client cannot ask its user");
    }
    JsonNode result;
    try {
      result = context.request(Map.of(KEY, request)).getOrDefault(KEY, params);
    } catch (MnemeException e) {
      return new Reply.Nobody("the client did not answer");
    }
    return switch (result.path("action").asText()) {
      case "accept" -> new Reply.Given(result.path("content"));
      case "decline" -> new Reply.Declined();
      default -> new Reply.Nobody("the user closed it");
    };
  }

  private static ObjectNode form(Question question) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("mode", "form");
    params.put("message", ORIGIN + question.text());
    ObjectNode schema = params.putObject("requestedSchema");
    schema.put("type", "object");
    ObjectNode field = schema.putObject("properties").putObject(ANSWER);
    field.put("title", "Answer");
    switch (question.kind()) {
      case TEXT -> field.put("type", "string");
      case YES_NO -> field.put("type", "boolean");
      case NUMBER -> field.put("type", "number");
      case CHOICE -> {
        field.put("type", "string");
        question.choices().forEach(field.putArray("enum")::add);
      }
    }
    schema.putArray("required").add(ANSWER);
    return params;
  }

  private static Reply reply(Question question, JsonNode result) {
    return switch (result.path("action").asText()) {
      case "accept" -> given(question, result.path("content").path(ANSWER));
      case "decline" -> new Reply.Declined();
      case "cancel" -> new Reply.Nobody("the user closed it");
      default -> new Reply.Nobody("the client's answer has another form");
    };
  }

  /** What a client sends has the form that was asked for, or is no answer. */
  private static Reply given(Question question, JsonNode value) {
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
