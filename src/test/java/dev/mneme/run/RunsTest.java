package dev.mneme.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.TestingMessages;
import dev.mneme.model.ChatUsage;
import dev.mneme.model.ModelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  private static final Owner ME = Owner.DEFAULT;

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
  void aRunIsDurableWithWhatIsStoredAlongAndEndsAsItsTaskSays() throws Exception {
    List<String> along = new ArrayList<>();
    Run run =
        world.runs.start(
            ME,
            TestingRuns.draft(here, false),
            (tx, accepted) -> along.add(accepted.id() + tx.owner().id()),
            work -> {
              work.tell(new RunEvent.TextDelta("message-1", "Hel"));
              return TestingRuns.DONE;
            });
    assertThat(along).containsExactly(run.id() + ME.id());
    assertThat(TestingRuns.all(world.runs.follow(ME, run.id(), 0)))
        .containsExactly(new RunEvent.TextDelta("message-1", "Hel"), TestingRuns.DONE);
    Run ended = world.history.get(ME, run.id());
    assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(ended.stopReason()).contains(StopReason.END_TURN);
    assertThat(ended.ttftNanos()).isPresent();
    assertThat(ended.durationNanos()).isPresent();
    assertThat(ended.completedAt()).isPresent();
    assertThat(world.leases()).isZero();
  }

  @Test
  void aRunCanEndWithTheTransactionOfItsLastStep() throws Exception {
    AtomicReference<Run> inside = new AtomicReference<>();
    Run run =
        world.start(
            here,
            work -> {
              world.database.scope(ME).update(tx -> work.finish(tx, TestingRuns.DONE));
              inside.set(world.history.get(ME, work.run().id()));
              assertThat(world.leases()).isZero();
              assertThat(world.runs.cancel(ME, work.run().id())).isFalse();
              work.tell(new RunEvent.TextDelta("message-1", "told after it"));
              return TestingRuns.DONE;
            });
    assertThat(TestingRuns.all(world.runs.follow(ME, run.id(), 0)))
        .containsExactly(new RunEvent.TextDelta("message-1", "told after it"), TestingRuns.DONE);
    assertThat(inside.get().status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(inside.get().durationNanos()).isPresent();
    assertThat(world.history.get(ME, run.id())).isEqualTo(inside.get());
    assertThat(world.endings).extracting(Run::id).containsExactly(run.id());
  }

  @Test
  void aRunWhoseLastTransactionFailsEndsAfterIt() {
    Run run =
        world.start(
            here,
            work -> {
              assertThatExceptionOfType(MnemeException.class)
                  .isThrownBy(() ->
                      world
                          .database
                          .scope(ME)
                          .update(tx -> {
                            work.finish(tx, TestingRuns.DONE);
                            throw MnemeException.invalid("undo", "Undo.");
                          }));
              return new RunEvent.Ended(StopReason.MAX_STEPS, ChatUsage.NONE, 1, 10);
            });
    assertThat(world.ended(run).stopReason()).contains(StopReason.MAX_STEPS);
    assertThat(world.leases()).isZero();
  }

  @Test
  void nothingIsLeftOfARunWhoseInputCannotBeStored() {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() ->
            world.runs.start(
                ME,
                TestingRuns.draft(here, false),
                (_, _) -> {
                  throw MnemeException.invalid("no_good", "No good.");
                },
                _ -> TestingRuns.DONE))
        .returns("no_good", MnemeException::code);
    assertThat(world.history.list(ME, RunQuery.newest(10))).isEmpty();
    assertThat(world.runs.active(ME, here)).isEmpty();
    assertThat(world.ended(world.start(here, _ -> TestingRuns.DONE)).status())
        .isEqualTo(RunStatus.COMPLETED);
  }

  @Test
  void runsOfAConversationGoOneAfterTheOtherInTheirOrder() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    List<String> accepted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      accepted.add(
          world
              .start(
                  here,
                  work -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    order.add(work.run().id());
                    TestingRuns.sleep(3);
                    atOnce.decrementAndGet();
                    return TestingRuns.DONE;
                  })
              .id());
    }
    await().until(() -> order.size() == 20);
    assertThat(order).isEqualTo(accepted);
    assertThat(most).hasValue(1);
  }

  @Test
  void aBusyConversationHoldsNoOtherUp() {
    CountDownLatch release = new CountDownLatch(1);
    Run busy = world.start(here, _ -> TestingRuns.until(release));
    for (int i = 0; i < 50; i++) {
      world.start(here, _ -> TestingRuns.DONE);
    }
    Run other = world.start(Conversation.of(TestingMessages.agentId()), _ -> TestingRuns.DONE);
    assertThat(world.ended(other).status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(world.runs.active(ME, here).map(Run::id)).contains(busy.id());
    release.countDown();
  }

  @Test
  void theQueueOfAConversationIsBounded() {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i <= RunSettings.DEFAULT.maxWaiting(); i++) {
      world.start(here, _ -> TestingRuns.until(release));
    }
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> world.start(here, _ -> TestingRuns.DONE))
        .returns("conversation_busy", MnemeException::code);
    release.countDown();
  }

  @Test
  void whereRunsDoNotQueueASecondOneIsRefusedByTheNameOfTheFirst() {
    try (TestingRuns refusing =
        new TestingRuns(folder.resolve("refusing"), RunSettings.of(false))) {
      CountDownLatch release = new CountDownLatch(1);
      Run first = refusing.start(here, _ -> TestingRuns.until(release));
      assertThatExceptionOfType(MnemeException.class)
          .isThrownBy(() -> refusing.start(here, _ -> TestingRuns.DONE))
          .returns("conversation_busy", MnemeException::code)
          .satisfies(e -> assertThat(e.details()).containsEntry("run_id", first.id()));
      release.countDown();
      refusing.ended(first);
      await().until(() -> refusing.runs.active(ME, here).isEmpty());
      assertThat(refusing.ended(refusing.start(here, _ -> TestingRuns.DONE)).status())
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void whatATaskThrowsMakesItsRunFailAndTellsWhy() throws Exception {
    Run known =
        world.start(
            here,
            _ -> {
              throw new ModelException(ModelException.Type.RATE_LIMIT, "Slow down.", null);
            });
    assertThat(TestingRuns.all(world.runs.follow(ME, known.id(), 0)))
        .containsExactly(
            new RunEvent.Failed("llm_rate_limit", "Slow down."),
            new RunEvent.Ended(StopReason.ERROR, ChatUsage.NONE, 0, 0));
    Run failed = world.history.get(ME, known.id());
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.metadata().at("/error/error_type").asText()).isEqualTo("llm_rate_limit");
    Run defect =
        world.start(
            here,
            _ -> {
              throw new IllegalStateException("a secret detail");
            });
    world.ended(defect);
    assertThat(world.history.get(ME, defect.id()).metadata().toString())
        .contains("internal_error")
        .doesNotContain("secret");
  }

  @Test
  void aReaderThatComesLateOrAgainGetsWhatItMissed() throws Exception {
    Run run =
        world.start(
            here,
            work -> {
              for (int i = 1; i <= 100; i++) {
                work.tell(new RunEvent.TextDelta("message-1", "t" + i));
              }
              return TestingRuns.DONE;
            });
    world.ended(run);
    assertThat(TestingRuns.all(world.runs.follow(ME, run.id(), 0))).hasSize(101);
    RunFollower again = world.runs.follow(ME, run.id(), 98);
    assertThat(again.next(Duration.ofSeconds(5)))
        .contains(new RunFollower.Numbered(99, new RunEvent.TextDelta("message-1", "t99")));
    assertThat(TestingRuns.all(again)).hasSize(2);
    assertThat(again.next(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void aReaderThatDoesNotReadHoldsNobodyUp() {
    CountDownLatch release = new CountDownLatch(1);
    Run run =
        world.start(
            here,
            work -> {
              TestingRuns.until(release);
              for (int i = 1; i <= EventLog.MAX + 10; i++) {
                work.tell(new RunEvent.TextDelta("message-1", "t"));
              }
              return TestingRuns.DONE;
            });
    RunFollower idle = world.runs.follow(ME, run.id(), 0);
    release.countDown();
    // Asked by its record: a second reader may be left behind as well.
    await()
        .untilAsserted(() ->
            assertThat(world.history.get(ME, run.id()).status()).isEqualTo(RunStatus.COMPLETED));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> idle.next(Duration.ofSeconds(1)))
        .returns("run_events_gone", MnemeException::code);
  }

  @Test
  void theEventsOfAnEndedRunAreForgottenAndItsRecordIsNot() {
    try (TestingRuns brief =
        new TestingRuns(
            folder.resolve("brief"),
            new RunSettings(true, 10, Duration.ZERO, Duration.ofHours(3)))) {
      Run run = brief.start(here, _ -> TestingRuns.DONE);
      await().until(() -> brief.history.get(ME, run.id()).status().ended());
      brief.ended(brief.start(here, _ -> TestingRuns.DONE));
      await()
          .untilAsserted(() ->
              assertThatExceptionOfType(MnemeException.class)
                  .isThrownBy(() -> brief.runs.follow(ME, run.id(), 0))
                  .returns("run_events_gone", MnemeException::code));
    }
  }

  @Test
  void manyRunsAtOnceAllEnd() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Conversation one = i % 3 == 0 ? here : Conversation.of(TestingMessages.agentId());
      if (i % 3 != 0 || i < 270) {
        runs.add(
            world.start(
                one,
                work -> {
                  work.tell(new RunEvent.TextDelta("message-1", "x"));
                  return TestingRuns.DONE;
                }));
      }
    }
    runs.forEach(run -> assertThat(world.ended(run).status()).isEqualTo(RunStatus.COMPLETED));
    assertThat(world.leases()).isZero();
  }
}
