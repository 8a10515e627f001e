package dev.mneme.engine;

import dev.mneme.engine.rules.Allowed;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A turn that goes on after it waited for consent.
 *
 * @param held calls that need no consent, asked for together with those that do
 * @param pending what was asked for
 * @param replies to each of the pending calls
 */
record Resumption(
    List<ToolRequest> held, List<ToolRequest> pending, Map<String, ConsentReply> replies) {
  /** Finds what waits, and tells the session what its turn did before. */
  static Resumption of(Session session, List<ConsentReply> replies) {
    List<Message> context = session.window.messages();
    Message asked = ContextWindow.pendingApproval(context).orElseThrow(ConsentReply::nonePending);
    Map<String, ConsentReply> matched = ConsentReply.match(asked, replies);
    int last = context.size() - 1;
    boolean withOthers =
        last > 0
            && context.get(last - 1).role() == Role.ASSISTANT
            && context.get(last - 1).stepId().equals(asked.stepId());
    remember(session, context);
    return new Resumption(
        withOthers ? context.get(last - 1).toolRequests() : List.of(),
        asked.toolRequests(),
        matched);
  }

  boolean refuses() {
    return replies.values().stream().anyMatch(reply -> !reply.approve());
  }

  /** What is to be run; the rules were heeded when it was asked for. */
  List<PlannedCall> calls(Session session, CallPlanner planner) {
    Allowed all = new Allowed(List.copyOf(session.toolbox.names()), false);
    List<PlannedCall> calls = new ArrayList<>(planner.plan(session, all, held));
    for (ToolRequest request : pending) {
      ConsentReply reply = replies.get(request.id());
      if (reply != null && !reply.approve()) {
        calls.add(new PlannedCall.Refused(request, reply.refusal(), false));
      } else {
        calls.addAll(planner.plan(session, all, List.of(request)));
      }
    }
    return calls;
  }

  private static void remember(Session session, List<Message> context) {
    int begin = context.size();
    while (begin > 0 && context.get(begin - 1).role() != Role.USER) {
      begin--;
    }
    for (Message message : context.subList(begin, context.size())) {
      for (ToolReturn done : message.toolReturns()) {
        session.rules.called(done.tool(), done.text());
        session.lineage.read(message.origin(), "tool:" + done.tool());
      }
    }
  }
}
