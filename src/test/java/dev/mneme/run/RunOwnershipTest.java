package dev.mneme.run;

import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.TestingMessages;
import dev.mneme.store.Database;
import dev.mneme.store.OwnershipContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class RunOwnershipTest extends OwnershipContract {
  @TempDir Path folder;
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private final CountDownLatch never = new CountDownLatch(1);
  private TestingRuns world;
  private Run run;
  private Step step;

  @BeforeEach
  void open() {
    world = new TestingRuns(folder, RunSettings.DEFAULT);
    addOwnerB(world.database);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  protected Database database() {
    return world.database;
  }

  @Override
  protected void fill() {
    CountDownLatch ready = new CountDownLatch(1);
    run =
        world.start(
            A,
            TestingRuns.draft(here, true),
            work -> {
              step = TestingRuns.step(work.run(), "success", Instant.now());
              database().scope(A).update(tx -> work.record(tx, step));
              ready.countDown();
              return TestingRuns.until(never);
            });
    TestingRuns.until(ready);
  }

  @Override
  protected Map<String, Function<Owner, ? extends Collection<?>>> listings() {
    return Map.of(
        "runs",
        owner -> world.history.list(owner, RunQuery.newest(10)),
        "active runs",
        owner -> world.history.list(owner, RunQuery.activeOf(here.agentId())),
        "the active run",
        owner -> world.runs.active(owner, here).stream().toList(),
        "steps",
        owner -> world.history.steps(owner, StepQuery.ofRun(run.id())));
  }

  @Override
  protected Map<String, Consumer<Owner>> calls() {
    Map<String, Consumer<Owner>> calls = new LinkedHashMap<>();
    calls.put("get", owner -> world.history.get(owner, run.id()));
    calls.put("usage", owner -> world.history.usage(owner, run.id()));
    calls.put("step", owner -> world.history.step(owner, step.id()));
    calls.put(
        "feedback",
        owner ->
            world.history.feedback(
                owner,
                step.id(),
                new StepFeedback(Optional.of("negative"), Optional.of(List.of("t")))));
    calls.put("follow", owner -> world.runs.follow(owner, run.id(), 0));
    calls.put("cancel", owner -> world.runs.cancel(owner, run.id()));
    return calls;
  }
}
