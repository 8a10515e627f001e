package dev.mneme.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.TestingMessages;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCancelTest {
  private static final Owner ME = Owner.DEFAULT;

  /** Five times what is promised: the machine may be busy. */
  private static final long PROMISED_NANOS = 5 * 200_000_000L;

  @TempDir Path folder;
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private TestingRuns world;

  @BeforeEach
  void open() {
    world = new TestingRuns(folder, RunSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aRunThatWaitsIsInterruptedAndEndsCancelled() {
    CountDownLatch started = new CountDownLatch(1);
    Run run =
        world.start(
            here,
            _ -> {
              started.countDown();
              return TestingRuns.until(new CountDownLatch(1));
            });
    TestingRuns.until(started);
    cancelInTime(run);
    assertThat(world.runs.cancel(ME, run.id())).isFalse();
  }

  @Test
  void nothingIsKeptOfWhatAnAgentDoesOnceItIsDeletedAndItsRunEnds() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch deleted = new CountDownLatch(1);
    AtomicReference<String> refused = new AtomicReference<>("");
    Run run =
        world.start(
            here,
            work -> {
              started.countDown();
              try {
                deleted.await();
              } catch (InterruptedException _) {
                // As a task that does not listen.
              }
              try {
                world
                    .database
                    .scope(ME)
                    .update(tx ->
                        work.record(tx, TestingRuns.step(work.run(), "success", Instant.now())));
              } catch (MnemeException e) {
                refused.set(e.code());
              }
              return TestingRuns.DONE;
            });
    TestingRuns.until(started);

    world.database.scope(ME).update(tx -> world.runs.removeAgent(tx, here.agentId()));
    deleted.countDown();

    assertThat(world.ended(run).status()).isEqualTo(RunStatus.CANCELLED);
    await().untilAsserted(() -> assertThat(refused).hasValue("run_ended"));
    assertThat(world.leases()).isZero();
  }

  @Test
  void aRunThatDoesNotListenEndsInTimeAndTheNextWaitsUntilItsTaskIsDone() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicReference<String> recorded = new AtomicReference<>("");
    Run deaf =
        world.start(
            here,
            work -> {
              started.countDown();
              while (!stop.get()) {
                Thread.onSpinWait();
              }
              work.tell(new RunEvent.TextDelta("message-1", "too late"));
              try {
                world
                    .database
                    .scope(ME)
                    .update(tx ->
                        work.record(tx, TestingRuns.step(work.run(), "success", Instant.now())));
              } catch (MnemeException e) {
                recorded.set(e.code());
              }
              return TestingRuns.DONE;
            });
    TestingRuns.until(started);
    AtomicBoolean nextRan = new AtomicBoolean();
    Run next =
        world.start(
            here,
            _ -> {
              nextRan.set(true);
              return TestingRuns.DONE;
            });
    cancelInTime(deaf);
    assertThat(world.leases()).isEqualTo(1);
    assertThat(nextRan).isFalse();
    stop.set(true);
    assertThat(world.ended(next).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(recorded).hasValue("run_ended");
    assertThat(TestingRuns.all(world.runs.follow(ME, deaf.id(), 0)))
        .singleElement()
        .isInstanceOfSatisfying(
            RunEvent.Ended.class, e -> assertThat(e.reason()).isEqualTo(StopReason.CANCELLED));
    await().until(() -> world.leases() == 0);
  }

  @Test
  void aRunThatIsCancelledBeforeItsTurnNeverStarts() {
    CountDownLatch release = new CountDownLatch(1);
    Run first = world.start(here, _ -> TestingRuns.until(release));
    AtomicBoolean ran = new AtomicBoolean();
    Run waiting =
        world.start(
            here,
            _ -> {
              ran.set(true);
              return TestingRuns.DONE;
            });
    assertThat(world.history.get(ME, waiting.id()).status()).isEqualTo(RunStatus.CREATED);
    cancelInTime(waiting);
    release.countDown();
    assertThat(world.ended(first).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(world.ended(world.start(here, _ -> TestingRuns.DONE)).status())
        .isEqualTo(RunStatus.COMPLETED);
    assertThat(ran).isFalse();
  }

  @Test
  void stepsUnderWayAreCancelledToo() {
    CountDownLatch started = new CountDownLatch(1);
    Run run =
        world.start(
            here,
            work -> {
              world
                  .database
                  .scope(ME)
                  .update(tx ->
                      work.record(tx, TestingRuns.step(work.run(), "pending", Instant.now())));
              started.countDown();
              return TestingRuns.until(new CountDownLatch(1));
            });
    TestingRuns.until(started);
    cancelInTime(run);
    assertThat(world.history.steps(ME, StepQuery.ofRun(run.id())))
        .singleElement()
        .returns("cancelled", Step::status);
  }

  @Test
  void closingCancelsWhatIsUnderWayAndWhatWaits() {
    CountDownLatch started = new CountDownLatch(1);
    Run running =
        world.start(
            here,
            _ -> {
              started.countDown();
              return TestingRuns.until(new CountDownLatch(1));
            });
    Run waiting = world.start(here, _ -> TestingRuns.DONE);
    TestingRuns.until(started);
    world.runs.close();
    assertThat(world.history.get(ME, running.id()).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(world.history.get(ME, waiting.id()).status()).isEqualTo(RunStatus.CANCELLED);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> world.start(here, _ -> TestingRuns.DONE))
        .returns("shutting_down", MnemeException::code);
  }

  private void cancelInTime(Run run) {
    long begin = System.nanoTime();
    assertThat(world.runs.cancel(ME, run.id())).isTrue();
    assertThat(world.history.get(ME, run.id()))
        .returns(RunStatus.CANCELLED, Run::status)
        .returns(java.util.Optional.of(StopReason.CANCELLED), Run::stopReason);
    assertThat(System.nanoTime() - begin).isLessThan(PROMISED_NANOS);
  }
}
