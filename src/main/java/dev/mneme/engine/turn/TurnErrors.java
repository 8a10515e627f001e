package dev.mneme.engine.turn;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.util.List;
import java.util.Map;

/** What can be wrong with a turn. */
final class TurnErrors {
  private TurnErrors() {}

  static MnemeException unknown(String id) {
    String shown = Texts.shorten(id, 60);
    return MnemeException.notFound(
        "unknown_turn",
        "There is no open turn "
            + shown
            + ": it has ended, was cancelled or was left idle for too long. What it committed is"
            + " kept. Open a new turn.");
  }

  static MnemeException busy(String id) {
    return MnemeException.conflict(
        "turn_busy", "Another commit of the turn " + id + " is under way; wait for its answer.");
  }

  static MnemeException waitedInVain(String runId) {
    return MnemeException.conflict(
            "conversation_busy",
            "The conversation is busy with another run or turn. Commit a reply to the open turn,"
                + " cancel it, or wait for its end; then open the turn again.")
        .withDetails(Map.of("run_id", runId));
  }

  static MnemeException tooMany(int limit) {
    return MnemeException.limit(
        "too_many_turns",
        "There are " + limit + " open turns already; end some with a reply, or cancel them.");
  }

  static MnemeException empty() {
    return MnemeException.invalid(
        "empty_commit", "There is nothing to commit: give operations, a reply, or both.");
  }

  static MnemeException invalid(List<String> problems) {
    return MnemeException.invalid(
        "invalid_operations",
        "Nothing was done, because of "
            + problems.size()
            + " problem(s):\n- "
            + String.join("\n- ", problems)
            + "\nCorrect them and commit all again.");
  }

  static MnemeException notStarted(String why) {
    return MnemeException.unavailable("turn_ended", "The turn ended before it began: " + why);
  }

  static MnemeException interrupted() {
    return MnemeException.unavailable("cancelled", "The call was cancelled.");
  }
}
