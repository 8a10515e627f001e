package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunFollower.Numbered;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a run from its acceptance to its end, and what is written of it. Thread-safe. */
final class RunLife implements AutoCloseable {
  /** How long a cancelled task may go on unnoticed before its conversation is given to the next. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(RunLife.class);
  private static final Duration LEASE_POLL = Duration.ofMillis(250);

  private final Database database;
  private final String node;
  private final Clock clock;
  private final KnownRuns known;
  private final RunEnding ending;
  private final BackgroundEvents events;
  private final RunCare care;

  RunLife(
      Database database,
      String node,
      Clock clock,
      RunSettings settings,
      KnownRuns known,
      RunEnding ending) {
    this.database = database;
    this.node = node;
    this.clock = clock;
    this.known = known;
    this.ending = ending;
    this.events = new BackgroundEvents(database);
    this.care = new RunCare(database, node, clock, settings, known);
  }

  void recover() {
    Recovery.run(database, clock.instant(), ending);
  }

  ActiveRun make(Owner owner, Run run, RunTask task) {
    return new ActiveRun(owner, run, task, run.background() ? events::told : _ -> {}, this::finish);
  }

  /** Writes a run that was accepted; the first of its lane has its conversation at once. */
  void accept(Tx tx, ActiveRun active, boolean first, BiConsumer<Tx, Run> alongside) {
    boolean leased = first && take(tx, active);
    if (leased) {
      active.run(active.run().with(RunStatus.RUNNING));
    }
    RunRows.insert(tx, active.run());
    alongside.accept(tx, active.run());
    tx.afterCommit(() -> active.leased(leased));
  }

  /** Works on a run whose turn has come, to its end; false when it was cancelled before. */
  boolean carry(ActiveRun active) {
    if (!active.begin(Thread.currentThread())) {
      return false;
    }
    care.begin();
    try {
      lease(active);
      end(active, active.task().work(active), Optional.empty());
    } catch (InterruptedException | RuntimeException | Error e) {
      end(active, failed(active), Optional.of(failure(active, e)).filter(_ -> !active.cancelled()));
    } finally {
      giveUp(active);
      active.left();
      care.end();
    }
    return true;
  }

  /** Ends a run that was cancelled, whatever its task still does. */
  void endCancelled(ActiveRun active) {
    end(active, failed(active), Optional.empty());
  }

  /** Gives the conversation up, if the run still has it. */
  void giveUp(ActiveRun active) {
    if (!active.leased()) {
      return;
    }
    active.leased(false);
    try {
      database.scope(active.owner()).update(tx -> LeaseRows.release(tx, active.run()));
    } catch (RuntimeException e) {
      log.warn("The lease of {} could not be given up: {}", active.run().id(), e.getMessage());
    }
  }

  @Override
  public void close() {
    events.close();
    care.close();
  }

  /** Waits until no other process has the conversation. */
  private void lease(ActiveRun active) throws InterruptedException {
    while (!active.leased()) {
      boolean mine =
          database
              .scope(active.owner())
              .write(tx -> {
                boolean taken = take(tx, active);
                if (taken) {
                  RunRows.running(tx, active.run().id());
                }
                return taken;
              });
      if (mine) {
        active.leased(true);
        active.run(active.run().with(RunStatus.RUNNING));
      } else {
        Thread.sleep(LEASE_POLL);
      }
    }
  }

  private boolean take(Tx tx, ActiveRun active) {
    Instant now = clock.instant();
    return LeaseRows.take(tx, active.run(), node, now, now.plus(RunCare.LEASE));
  }

  private void end(ActiveRun active, RunEvent.Ended how, Optional<RunEvent.Failed> thrown) {
    thrown.ifPresent(active::tell);
    if (!active.claimEnd()) {
      return;
    }
    if (!active.run().status().ended()) {
      write(active, active.cancelled() ? because(StopReason.CANCELLED, how) : how);
    }
    active.log().append(because(active.run().stopReason().orElse(how.reason()), how));
    active.endTold();
    known.ended(active);
  }

  private static RunEvent.Ended because(StopReason reason, RunEvent.Ended how) {
    return new RunEvent.Ended(reason, how.usage(), how.steps(), how.contextTokens());
  }

  private void write(ActiveRun active, RunEvent.Ended ended) {
    Run run = ended(active, ended);
    boolean own = active.onItsThread() || !active.started();
    try {
      active.run(database.scope(active.owner()).write(tx -> write(tx, active, run, ended, own)));
      if (own) {
        active.leased(false);
      }
    } catch (RuntimeException e) {
      log.error("The end of {} could not be written.", run.id(), e);
      active.run(run);
    }
  }

  /** The end of a run whose events are not rows, within its last step's transaction. */
  private void finish(Tx tx, ActiveRun active, RunEvent.Ended ended) {
    if (active.run().background() || active.cancelled()) {
      return;
    }
    Run run = ended(active, ended);
    if (RunRows.end(tx, run)) {
      LeaseRows.release(tx, run);
      ending.ended(tx, run);
      tx.afterCommit(() -> active.finished(run));
    }
  }

  /** The run as it ended, which is another way where its last step has ended it already. */
  private Run write(Tx tx, ActiveRun active, Run run, RunEvent.Ended ended, boolean releases) {
    if (!RunRows.end(tx, run)) {
      return RunRows.find(tx, run.id()).orElse(run);
    }
    if (run.status() != RunStatus.COMPLETED) {
      StepRows.abandon(
          tx, run.id(), run.status().text(), active.failure().map(RunEvent.Failed::errorType));
    }
    if (run.background()) {
      List<Numbered> rest = new ArrayList<>(active.log().since(active.written()));
      rest.add(new Numbered(active.log().last() + 1, ended));
      RunEventRows.insert(tx, run.id(), rest);
    }
    if (releases && active.leased()) {
      LeaseRows.release(tx, run);
    }
    ending.ended(tx, run);
    return run;
  }

  private Run ended(ActiveRun active, RunEvent.Ended how) {
    ObjectNode metadata = active.run().metadata().deepCopy();
    if (how.reason() != StopReason.CANCELLED) {
      active.failure().ifPresent(failed -> metadata.set("error", Recovery.error(failed)));
    }
    return active
        .run()
        .ended(how.reason(), metadata, Timestamps.stored(clock.instant()))
        .timed(active.ttft(), active.duration());
  }

  /** What is known of a run whose task did not come to its end. */
  private RunEvent.Ended failed(ActiveRun active) {
    RunUsage usage;
    try {
      usage =
          database.scope(active.owner()).read(reads -> StepRows.usage(reads, active.run().id()));
    } catch (RuntimeException _) {
      usage = new RunUsage(ChatUsage.NONE, 0);
    }
    return new RunEvent.Ended(StopReason.ERROR, usage.tokens(), usage.steps(), 0);
  }

  private static RunEvent.Failed failure(ActiveRun active, Throwable thrown) {
    RunEvent.Failed failed = RunErrors.failed(thrown);
    if (failed.errorType().equals(RunErrors.INTERNAL) && !active.cancelled()) {
      log.error("The run {} failed.", active.run().id(), thrown);
    }
    return failed;
  }
}
