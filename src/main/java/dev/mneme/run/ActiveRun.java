package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.Role;
import dev.mneme.store.Tx;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run of this process, from its acceptance until its events are forgotten. Thread-safe. */
final class ActiveRun implements RunWork {
  private final Owner owner;
  private final RunTask task;
  private final EventLog log;
  private final Consumer<ActiveRun> told;
  private final Finisher finisher;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch gone = new CountDownLatch(1);
  private volatile Run run;
  private volatile boolean cancelled;
  private volatile long startedNanos;
  private volatile long ttftNanos = -1;
  private volatile RunEvent.@Nullable Failed failure;
  private volatile long written;
  private boolean accepted;
  private boolean started;
  private boolean ending;
  private boolean leased;
  private @Nullable Thread thread;

  /**
   * @param told called after each event, on the task's thread
   * @param finisher writes an end within the task's last transaction
   */
  ActiveRun(Owner owner, Run run, RunTask task, Consumer<ActiveRun> told, Finisher finisher) {
    this.owner = owner;
    this.run = run;
    this.task = task;
    this.told = told;
    this.finisher = finisher;
    this.log = new EventLog(run.id());
  }

  /** Writes the end of a run within a transaction of its task. */
  @FunctionalInterface
  interface Finisher {
    void finish(Tx tx, ActiveRun active, RunEvent.Ended ended);
  }

  @Override
  public Owner owner() {
    return owner;
  }

  @Override
  public Run run() {
    return run;
  }

  void run(Run now) {
    run = now;
  }

  Conversation conversation() {
    return new Conversation(run.agentId(), run.conversationId());
  }

  RunTask task() {
    return task;
  }

  EventLog log() {
    return log;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void tell(RunEvent event) {
    synchronized (this) {
      if (ending) {
        return;
      }
      if (event instanceof RunEvent.Failed failed) {
        failure = failed;
      }
      if (ttftNanos < 0 && isOutput(event)) {
        ttftNanos = System.nanoTime() - startedNanos;
      }
      log.append(event);
    }
    told.accept(this);
  }

  @Override
  public void record(Tx tx, Step step) {
    synchronized (this) {
      if (ending) {
        throw RunErrors.ended(run.id());
      }
    }
    if (!LeaseRows.holds(tx, run)) {
      throw RunErrors.ended(run.id());
    }
    StepRows.put(tx, step);
  }

  @Override
  public void finish(Tx tx, RunEvent.Ended ended) {
    finisher.finish(tx, this, ended);
  }

  /** Its end was written with its last step. */
  synchronized void finished(Run ended) {
    run = ended;
    leased = false;
  }

  synchronized void accept() {
    accepted = true;
  }

  synchronized boolean accepted() {
    return accepted;
  }

  /** Begins on this thread, unless it was cancelled while it waited. */
  synchronized boolean begin(Thread on) {
    if (cancelled || started || ending) {
      return false;
    }
    started = true;
    thread = on;
    startedNanos = System.nanoTime();
    return true;
  }

  /** Asks the task to stop; false when it had ended. */
  synchronized boolean cancel() {
    if (ending || run.status().ended()) {
      return false;
    }
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
    return true;
  }

  synchronized boolean onItsThread() {
    return Thread.currentThread().equals(thread);
  }

  synchronized boolean started() {
    return started;
  }

  /** Whether the caller is the one to write the end; nothing can be told or recorded after it. */
  synchronized boolean claimEnd() {
    boolean mine = !ending;
    ending = true;
    return mine;
  }

  synchronized boolean leased() {
    return leased;
  }

  synchronized void leased(boolean now) {
    leased = now;
  }

  Optional<RunEvent.Failed> failure() {
    return Optional.ofNullable(failure);
  }

  OptionalLong ttft() {
    return ttftNanos < 0 ? OptionalLong.empty() : OptionalLong.of(ttftNanos);
  }

  OptionalLong duration() {
    return started() ? OptionalLong.of(System.nanoTime() - startedNanos) : OptionalLong.empty();
  }

  /** Up to which number its events are rows. */
  long written() {
    return written;
  }

  void written(long upTo) {
    written = upTo;
  }

  void endTold() {
    ended.countDown();
  }

  void left() {
    gone.countDown();
  }

  boolean awaitEnd(Duration patience) {
    return await(ended, patience);
  }

  /** Waits for its thread to be done with it. */
  boolean awaitLeft(Duration patience) {
    return await(gone, patience);
  }

  private static boolean await(CountDownLatch latch, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean isOutput(RunEvent event) {
    return switch (event) {
      case RunEvent.ReasoningDelta _, RunEvent.TextDelta _, RunEvent.ToolRequestDelta _ -> true;
      case RunEvent.Said said -> said.message().role() == Role.ASSISTANT;
      default -> false;
    };
  }
}
