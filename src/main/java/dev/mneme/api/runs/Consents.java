package dev.mneme.api.runs;

import dev.mneme.api.http.Body;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.ConsentReply;
import java.util.List;
import java.util.Optional;

/** Reads answers to requests for consent, in their present and in their older form. */
final class Consents {
  private Consents() {}

  /** Nothing where the body holds other messages. */
  static List<ConsentReply> of(Body body) {
    List<Body> messages = body.bodies("messages").orElse(List.of());
    if (messages.stream().noneMatch(Consents::isConsent)) {
      return List.of();
    }
    if (messages.size() > 1) {
      throw body.wrong("messages", "one message where it answers a request for consent");
    }
    Body message = messages.getFirst();
    Optional<List<Body>> approvals = message.bodies("approvals");
    if (approvals.isPresent() && !approvals.get().isEmpty()) {
      return approvals.get().stream().map(Consents::reply).toList();
    }
    return List.of(new ConsentReply(Optional.empty(), approve(message), message.text("reason")));
  }

  private static boolean isConsent(Body message) {
    boolean older = message.has("approve") || message.has("approval_request_id");
    String type = message.text("type").orElse(older ? "approval" : "message");
    if (type.equals("tool_return")) {
      throw clientTools();
    }
    return type.equals("approval");
  }

  private static ConsentReply reply(Body approval) {
    if (approval.text("type").orElse("approval").equals("tool")) {
      throw clientTools();
    }
    return new ConsentReply(
        Optional.of(approval.requireText("tool_call_id")),
        approve(approval),
        approval.text("reason"));
  }

  private static boolean approve(Body body) {
    return body.flag("approve").orElseThrow(() -> body.missing("approve"));
  }

  private static MnemeException clientTools() {
    return MnemeException.invalid(
        "client_tools_unavailable",
        "Returns of tools that the client runs are not taken here yet; make them tools of the"
            + " agent.");
  }
}
