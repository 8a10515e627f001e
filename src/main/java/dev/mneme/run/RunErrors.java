package dev.mneme.run;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ModelException;
import java.util.Map;

/** What can be wrong with a request about runs, and how a failed task is told. */
final class RunErrors {
  /** The error type of a run that ended with its process. */
  static final String STREAM_INCOMPLETE = "stream_incomplete";

  /** The error type of a run that failed by a defect of ours. */
  static final String INTERNAL = "internal_error";

  private RunErrors() {}

  static MnemeException unknownRun(String id) {
    return MnemeException.notFound("unknown_run", "There is no run " + id + ".");
  }

  static MnemeException unknownStep(String id) {
    return MnemeException.notFound("unknown_step", "There is no step " + id + ".");
  }

  static MnemeException eventsGone(String id) {
    return MnemeException.notFound(
        "run_events_gone",
        "The events of run " + id + " are not kept any more; read its messages instead.");
  }

  static MnemeException busy(Run active) {
    return MnemeException.conflict(
            "conversation_busy",
            "The conversation is busy with run "
                + active.id()
                + "; wait for its end, or cancel it.")
        .withDetails(Map.of("run_id", active.id()));
  }

  static MnemeException queueFull(Run active, int waiting) {
    return MnemeException.conflict(
            "conversation_busy",
            waiting + " runs wait for this conversation already; wait until some have ended.")
        .withDetails(Map.of("run_id", active.id()));
  }

  static MnemeException tooMany(int limit) {
    return MnemeException.limit(
        "too_many_runs", "More than " + limit + " runs are under way; try again later.");
  }

  static MnemeException closing() {
    return MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
  }

  static MnemeException ended(String id) {
    return MnemeException.conflict("run_ended", "The run " + id + " has ended already.");
  }

  /** What a task threw, as those who follow the run are told it. */
  static RunEvent.Failed failed(Throwable thrown) {
    return switch (thrown) {
      case ModelException e -> new RunEvent.Failed(e.type().code(), e.message());
      case MnemeException e when e.kind() != ErrorKind.INTERNAL ->
          new RunEvent.Failed(e.code(), e.message());
      default ->
          new RunEvent.Failed(
              INTERNAL, "Mneme failed while it worked on this; its log has the details.");
    };
  }
}
