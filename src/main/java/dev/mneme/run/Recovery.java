package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunFollower.Numbered;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what ended with its process. The data folder has one process at a time, so whatever is under
 * way when one starts belongs to none that lives. What was accepted stays stored, finished steps
 * too; no conversation is left taken.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final RunEvent.Failed CUT =
      new RunEvent.Failed(
          RunErrors.STREAM_INCOMPLETE,
          "Mneme was stopped before this run had ended; what its finished steps did is kept.");

  private Recovery() {}

  static void run(Database database, Instant now, RunEnding ending) {
    List<String> owners =
        database.maintain(handle ->
            handle
                .createQuery(
                    "SELECT owner_id FROM run WHERE status IN ('created', 'running')"
                        + " UNION SELECT owner_id FROM run_lease")
                .mapTo(String.class)
                .list());
    int runs = 0;
    for (String owner : owners) {
      runs += database.scope(new Owner(owner)).write(tx -> recover(tx, now, ending));
    }
    if (runs > 0) {
      log.warn("{} runs had not ended when Mneme was stopped; they count as failed.", runs);
    }
  }

  private static int recover(Tx tx, Instant now, RunEnding ending) {
    List<Run> cut = RunRows.unended(tx);
    for (Run run : cut) {
      ObjectNode metadata = run.metadata().deepCopy();
      metadata.set("error", error(CUT));
      Run failed = run.ended(StopReason.ERROR, metadata, now);
      RunRows.end(tx, failed);
      StepRows.abandon(tx, run.id(), "failed", Optional.of(RunErrors.STREAM_INCOMPLETE));
      if (run.background()) {
        long last = RunEventRows.last(tx, run.id());
        RunEventRows.insert(
            tx,
            run.id(),
            List.of(
                new Numbered(last + 1, CUT),
                new Numbered(
                    last + 2, new RunEvent.Ended(StopReason.ERROR, ChatUsage.NONE, 0, 0))));
      }
      ending.ended(tx, failed);
    }
    LeaseRows.removeAll(tx);
    return cut.size();
  }

  static ObjectNode error(RunEvent.Failed failed) {
    return Json.mapper()
        .createObjectNode()
        .put("error_type", failed.errorType())
        .put("message", failed.message());
  }
}
