package dev.mneme.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.message.Conversation;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * Starts tasks as runs, one at a time a conversation, in the order they came. Thread-safe.
 *
 * <p>Closing cancels what is under way and waits shortly for it; a process that ends otherwise
 * leaves runs that {@link #recover} ends.
 */
public final class Runs implements AutoCloseable {
  /** How long a task may take to notice that it was cancelled before the run ends without it. */
  private static final Duration NOTICE = Duration.ofMillis(120);

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Database database;
  private final Ids ids;
  private final Clock clock;
  private final RunSettings settings;
  private final KnownRuns known;
  private final Lanes lanes;
  private final RunLife life;
  private volatile boolean closing;

  public Runs(Database database, Ids ids, Clock clock, RunSettings settings, RunEnding ending) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
    this.known = new KnownRuns(settings.keepInMemory());
    this.life = new RunLife(database, ids.next("node"), clock, settings, known, ending);
    this.lanes = new Lanes(settings.queues() ? settings.maxWaiting() : 0, this::launch);
  }

  /** Ends what a process before this one left; called once, before the first run. */
  public void recover() {
    life.recover();
  }

  /**
   * Accepts a run; durable, with what {@code alongside} writes for it, when this returns. The task
   * starts as soon as the conversation is free.
   *
   * @throws dev.mneme.common.MnemeException {@code conversation_busy} where it is set not to queue,
   *     or the queue is full
   */
  public Run start(Owner owner, RunDraft draft, BiConsumer<Tx, Run> alongside, RunTask task) {
    if (closing) {
      throw RunErrors.closing();
    }
    ActiveRun active = life.make(owner, accepted(draft), task);
    boolean first = lanes.enter(active);
    try {
      database.scope(owner).update(tx -> life.accept(tx, active, first, alongside));
    } catch (RuntimeException e) {
      lanes.leave(active);
      throw e;
    }
    known.add(active);
    Run run = active.run();
    lanes.accepted(active);
    if (closing) {
      cancel(active);
    }
    return run;
  }

  /**
   * Follows a run's events from after a sequence number (0: from the first); works for running ones
   * and, for a while, for ended ones.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_run}, {@code run_events_gone}
   */
  public RunFollower follow(Owner owner, String runId, long after) {
    Optional<ActiveRun> active = find(owner, runId);
    if (active.isPresent() && active.get().log().reaches(after)) {
      return active.get().log().follower(after);
    }
    Run run =
        database
            .scope(owner)
            .read(reads -> RunRows.find(reads, runId))
            .orElseThrow(() -> RunErrors.unknownRun(runId));
    boolean old =
        run.completedAt().stream()
            .anyMatch(at -> at.isBefore(clock.instant().minus(settings.keepStored())));
    if (!run.background() || old) {
      throw RunErrors.eventsGone(runId);
    }
    return new StoredFollower(database.scope(owner), runId, after);
  }

  /** Stops a run; it ends within 200 ms. False when it had ended already. */
  public boolean cancel(Owner owner, String runId) {
    Optional<ActiveRun> active = find(owner, runId);
    if (active.isEmpty()) {
      if (database.scope(owner).read(reads -> RunRows.find(reads, runId)).isEmpty()) {
        throw RunErrors.unknownRun(runId);
      }
      return false;
    }
    return cancel(active.get());
  }

  /**
   * An agent is deleted: from this transaction on nothing more is kept of what it does, and what is
   * under way is stopped.
   */
  public void removeAgent(Tx tx, String agentId) {
    LeaseRows.removeAgent(tx, agentId);
    Owner owner = tx.owner();
    tx.afterCommit(() -> {
      for (ActiveRun run : known.all()) {
        if (run.owner().equals(owner) && run.run().agentId().equals(agentId)) {
          cancel(run);
        }
      }
    });
  }

  /** The run that has a conversation now. */
  public Optional<Run> active(Owner owner, Conversation conversation) {
    return lanes
        .first(owner, conversation)
        .map(ActiveRun::run)
        .filter(run -> !run.status().ended());
  }

  @Override
  public void close() {
    closing = true;
    List<ActiveRun> under = new ArrayList<>();
    known.all().forEach(under::add);
    under.forEach(ActiveRun::cancel);
    long end = System.nanoTime() + CLOSE.toNanos();
    for (ActiveRun run : under) {
      if (!run.started()) {
        life.endCancelled(run);
        lanes.leave(run);
      } else if (!run.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
        life.endCancelled(run);
      }
    }
    life.close();
  }

  private boolean cancel(ActiveRun run) {
    if (!run.cancel()) {
      return false;
    }
    if (!run.started()) {
      life.endCancelled(run);
      lanes.leave(run);
    } else if (!run.awaitEnd(NOTICE)) {
      life.endCancelled(run);
      Thread.ofVirtual().name("run-left").start(() -> leaveLate(run));
    }
    // Its last step may have ended it in the same moment.
    return run.run().stopReason().filter(StopReason.CANCELLED::equals).isPresent();
  }

  /** The task has not noticed yet: its conversation stays taken until it has, but not for ever. */
  private void leaveLate(ActiveRun run) {
    if (!run.awaitLeft(RunLife.PATIENCE)) {
      life.giveUp(run);
      lanes.leave(run);
    }
  }

  private void launch(ActiveRun run) {
    Thread.ofVirtual()
        .name(run.run().id())
        .start(() -> {
          if (life.carry(run)) {
            lanes.leave(run);
          }
        });
  }

  private Optional<ActiveRun> find(Owner owner, String runId) {
    return known.find(runId).filter(run -> run.owner().equals(owner));
  }

  private Run accepted(RunDraft draft) {
    ObjectNode metadata = Json.mapper().createObjectNode();
    metadata.put("run_type", draft.background() ? "send_message_async" : "send_message");
    return new Run(
        ids.next("run"),
        draft.conversation().agentId(),
        draft.conversation().id(),
        RunStatus.CREATED,
        draft.background(),
        Optional.empty(),
        draft.requestConfig(),
        metadata,
        draft.callbackUrl(),
        Timestamps.stored(clock.instant()),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
