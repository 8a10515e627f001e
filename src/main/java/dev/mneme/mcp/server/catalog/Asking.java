package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import java.util.Map;

/** Asks the person at the client, by elicitation, where the client has it. */
final class Asking {
  private Asking() {}

  /** Who asks stands before whatever they say of themselves. */
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
      result = context.request(Map.of(form.name(), request)).getOrDefault(form.name(), params);
    } catch (MnemeException e) {
      return new Reply.Nobody("the client did not answer");
    }
    return switch (result.path("action").asText()) {
      case "accept" -> new Reply.Given(result.path("content"));
      case "decline" -> new Reply.Declined();
      case "cancel" -> new Reply.Closed();
      default -> new Reply.Nobody("the client's answer has another form");
    };
  }
}
