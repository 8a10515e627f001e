package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.engine.prompt.Arguments;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a turn goes on after its tools ran.
 *
 * @param stop absent: it goes on
 * @param notice what the model is told then, if anything
 */
record Decision(Optional<StopReason> stop, Optional<String> notice) {
  private static final Decision GO_ON = new Decision(Optional.empty(), Optional.empty());

  /** After tools; notes them in the rules. */
  static Decision after(Session session, List<PlannedCall> calls, List<ToolReturn> returns) {
    boolean terminal = false;
    boolean continuing = false;
    boolean refused = false;
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      PlannedCall call = calls.get(i);
      switch (call) {
        case PlannedCall.Refused r -> refused |= r.ruleBroken() || !session.heartbeats();
        case PlannedCall.Found _ -> {
          continuing = true;
          reasons.add("you looked for tools");
        }
        case PlannedCall.Ready ready -> {
          String name = ready.tool().name();
          session.rules.called(name, returns.get(i).text());
          terminal |= session.rules.ends(name);
          if (session.rules.continues(name)) {
            continuing = true;
            reasons.add("after " + name + " your turn goes on by rule");
          }
        }
      }
      if (session.heartbeats() && wantsHeartbeat(call.request())) {
        continuing = true;
        reasons.add("you asked for a heartbeat");
      }
    }
    if (terminal) {
      return leaving(session, StopReason.TOOL_RULE);
    }
    if (!session.heartbeats()) {
      return GO_ON;
    }
    if (refused) {
      reasons.add("the call broke a rule; choose another tool");
    }
    return refused || continuing
        ? new Decision(Optional.empty(), Optional.of(String.join("; ", reasons)))
        : leaving(session, StopReason.END_TURN);
  }

  /** Where the turn would end, but for tools that have to be called before. */
  static Decision leaving(Session session, StopReason reason) {
    List<String> missing = session.rules.missingBeforeExit(session.toolbox.names());
    return missing.isEmpty()
        ? new Decision(Optional.of(reason), Optional.empty())
        : new Decision(
            Optional.empty(),
            Optional.of("before your turn can end you have to call " + String.join(", ", missing)));
  }

  /** A person's refusal is for the model to read, even where its turn would end after the call. */
  Decision orGoOnAfterRefusal(Session session) {
    boolean wouldEnd = stop.filter(StopReason.END_TURN::equals).isPresent();
    return wouldEnd
        ? new Decision(
            Optional.empty(),
            session.heartbeats() ? Optional.of("a person refused your call") : Optional.empty())
        : this;
  }

  Decision inLastStep(boolean last) {
    return last && stop.isEmpty()
        ? new Decision(Optional.of(StopReason.MAX_STEPS), Optional.empty())
        : this;
  }

  private static boolean wantsHeartbeat(ToolRequest request) {
    ObjectNode arguments = Arguments.parse(request.arguments());
    return arguments.path(Toolbox.HEARTBEAT).asBoolean(false);
  }
}
