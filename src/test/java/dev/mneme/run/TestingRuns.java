package dev.mneme.run;

import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.model.ChatUsage;
import dev.mneme.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs on a database of their own, without an engine. */
public final class TestingRuns implements AutoCloseable {
  public static final RunEvent.Ended DONE =
      new RunEvent.Ended(StopReason.END_TURN, ChatUsage.NONE, 1, 10);
  private static final Ids IDS = new Ids(new Random(System.nanoTime()), Clock.systemUTC());

  public final Database database;
  public final Runs runs;
  public final RunHistory history;
  public final List<Run> endings = new CopyOnWriteArrayList<>();

  public TestingRuns(Path folder, RunSettings settings) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = Database.open(folder.resolve("mneme.db"), 4);
    runs = new Runs(database, IDS, Clock.systemUTC(), settings, (_, run) -> endings.add(run));
    history = new RunHistory(database);
  }

  public Run start(Conversation conversation, RunTask task) {
    return start(Owner.DEFAULT, draft(conversation, false), task);
  }

  public Run start(Owner owner, RunDraft draft, RunTask task) {
    return runs.start(owner, draft, (_, _) -> {}, task);
  }

  public static RunDraft draft(Conversation conversation, boolean background) {
    return new RunDraft(
        conversation, background, Json.mapper().createObjectNode(), Optional.empty());
  }

  /** Waits for a run's end; the run as it then is. */
  public Run ended(Run run) {
    try {
      all(runs.follow(Owner.DEFAULT, run.id(), 0));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (dev.mneme.common.MnemeException _) {
      // Its events are forgotten, so it has ended.
    }
    return history.get(Owner.DEFAULT, run.id());
  }

  public static List<RunEvent> all(RunFollower follower) throws InterruptedException {
    List<RunEvent> events = new ArrayList<>();
    while (true) {
      RunEvent next =
          follower
              .next(Duration.ofSeconds(20))
              .orElseThrow(() -> new AssertionError("The run does not end: " + events.size()))
              .event();
      events.add(next);
      if (next instanceof RunEvent.Ended) {
        return events;
      }
    }
  }

  public static RunEvent.Ended until(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody let it go on.");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return DONE;
  }

  public static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Step step(Run run, String status, Instant at) {
    return new Step(
        IDS.next("step"),
        run.id(),
        run.agentId(),
        "scripted/one",
        8000,
        status,
        new ChatUsage(100, 10, 50, 5, 2),
        new Step.Timings(30, 20, 10),
        Optional.of(StopReason.END_TURN),
        Optional.empty(),
        Optional.empty(),
        List.of("a tag"),
        at);
  }

  public long leases() {
    return database.maintain(
        handle -> handle.createQuery("SELECT count(*) FROM run_lease").mapTo(Long.class).one());
  }

  @Override
  public void close() {
    runs.close();
    database.close();
  }
}
