package dev.mneme.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.Role;
import dev.mneme.message.TestingMessages;
import dev.mneme.model.ChatUsage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
  private static final Owner ME = Owner.DEFAULT;

  @TempDir Path folder;
  private final Conversation here = Conversation.of(TestingMessages.agentId());
  private final Conversation there = Conversation.of(TestingMessages.agentId());
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
  void runsAreFoundByWhatTheyAre() {
    CountDownLatch release = new CountDownLatch(1);
    Run done = world.ended(world.start(here, _ -> TestingRuns.DONE));
    Run background =
        world.ended(world.start(ME, TestingRuns.draft(here, true), _ -> TestingRuns.DONE));
    Run failed =
        world.ended(
            world.start(
                there,
                _ -> {
                  throw new IllegalStateException();
                }));
    Run running = world.start(there, _ -> TestingRuns.until(release));
    Run waiting = world.start(there, _ -> TestingRuns.DONE);
    RunQuery any = RunQuery.newest(10);
    assertThat(ids(any)).hasSize(5);
    assertThat(ids(RunQuery.activeOf(there.agentId())))
        .containsExactlyInAnyOrder(running.id(), waiting.id());
    assertThat(ids(query(List.of(here.agentId()), Set.of(), Optional.empty(), Optional.empty())))
        .containsExactlyInAnyOrder(done.id(), background.id());
    assertThat(ids(query(List.of(), Set.of(RunStatus.FAILED), Optional.empty(), Optional.empty())))
        .containsExactly(failed.id());
    assertThat(ids(query(List.of(), Set.of(), Optional.of(true), Optional.empty())))
        .containsExactly(background.id());
    assertThat(ids(query(List.of(), Set.of(), Optional.empty(), Optional.of(StopReason.END_TURN))))
        .containsExactlyInAnyOrder(done.id(), background.id());
    release.countDown();
    world.ended(waiting);
  }

  @Test
  void pagesOfRunsMeetEachRunOnce() {
    for (int i = 0; i < 11; i++) {
      world.ended(world.start(here, _ -> TestingRuns.DONE));
    }
    List<String> all = ids(RunQuery.newest(100));
    List<String> met = new ArrayList<>();
    Optional<String> last = Optional.empty();
    while (true) {
      List<String> page = ids(page(last));
      if (page.isEmpty()) {
        break;
      }
      met.addAll(page);
      last = Optional.of(page.getLast());
    }
    assertThat(met).isEqualTo(all).hasSize(11);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> ids(page(Optional.of("run-gone"))))
        .returns("unknown_run", MnemeException::code);
  }

  @Test
  void stepsAreSummedFilteredAndJudged() {
    Instant at = Instant.parse("2026-11-22T10:00:00Z");
    Run run =
        world.ended(
            world.start(
                here,
                work -> {
                  world
                      .database
                      .scope(ME)
                      .update(tx -> {
                        work.record(tx, TestingRuns.step(work.run(), "success", at));
                        Step second = TestingRuns.step(work.run(), "pending", at.plusSeconds(1));
                        work.record(tx, second);
                        work.record(tx, done(second));
                      });
                  return TestingRuns.DONE;
                }));
    assertThat(world.history.usage(ME, run.id()))
        .isEqualTo(new RunUsage(new ChatUsage(200, 20, 100, 10, 4), 2));
    List<Step> steps = world.history.steps(ME, StepQuery.ofRun(run.id()));
    assertThat(steps).extracting(Step::status).containsExactly("success", "success");
    Step judged =
        world.history.feedback(
            ME,
            steps.getFirst().id(),
            new StepFeedback(Optional.of("positive"), Optional.of(List.of("10%", "x"))));
    assertThat(judged.feedback()).contains("positive");
    assertThat(world.history.step(ME, judged.id())).isEqualTo(judged);
    assertThat(found(Optional.of("positive"), Optional.empty())).containsExactly(judged);
    assertThat(found(Optional.empty(), Optional.of("10%"))).containsExactly(judged);
    assertThat(found(Optional.empty(), Optional.of("1"))).isEmpty();
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new StepFeedback(Optional.of("so so"), Optional.empty()))
        .returns("invalid_feedback", MnemeException::code);
  }

  @Test
  void eventsOfABackgroundRunAreReadAfterARestart() throws Exception {
    RunEvent said = new RunEvent.Said(TestingMessages.said(here, Role.ASSISTANT, "Good day"));
    List<RunEvent> told =
        List.of(
            new RunEvent.ReasoningDelta("message-1", "hm"),
            new RunEvent.TextDelta("message-1", "Good"),
            new RunEvent.ToolRequestDelta("message-1", 2, "call-1", "look", "{}"),
            said,
            new RunEvent.Compacted(TestingMessages.said(here, Role.USER, "sum"), "why", 7, 9),
            new RunEvent.Failed("llm_error", "no"));
    Run run =
        world.start(
            ME,
            TestingRuns.draft(here, true),
            work -> {
              told.forEach(work::tell);
              return TestingRuns.DONE;
            });
    List<RunEvent> heard = TestingRuns.all(world.runs.follow(ME, run.id(), 0));
    assertThat(heard).startsWith(told.toArray(RunEvent[]::new)).hasSize(7);
    world.close();
    world = new TestingRuns(folder, RunSettings.DEFAULT);
    assertThat(TestingRuns.all(world.runs.follow(ME, run.id(), 0))).isEqualTo(heard);
    assertThat(TestingRuns.all(world.runs.follow(ME, run.id(), 5))).isEqualTo(heard.subList(5, 7));
  }

  @Test
  void afterACrashWhatHadNotEndedHasFailedAndNothingIsTaken() throws Exception {
    Run queuedBehind;
    Run running;
    CountDownLatch release = new CountDownLatch(1);
    running =
        world.start(
            ME,
            TestingRuns.draft(here, true),
            work -> {
              world
                  .database
                  .scope(ME)
                  .update(tx ->
                      work.record(tx, TestingRuns.step(work.run(), "pending", Instant.now())));
              work.tell(new RunEvent.TextDelta("message-1", "Hel"));
              return TestingRuns.until(release);
            });
    queuedBehind = world.start(here, _ -> TestingRuns.DONE);
    await().until(() -> stored(running) == 1);
    // Another process finds the rows as a killed one leaves them.
    try (Runs after =
        new Runs(
            world.database,
            new dev.mneme.common.Ids(new java.util.Random(1), Clock.systemUTC()),
            Clock.systemUTC(),
            RunSettings.DEFAULT,
            (_, run) -> world.endings.add(run))) {
      after.recover();
      for (Run run : List.of(running, queuedBehind)) {
        Run now = world.history.get(ME, run.id());
        assertThat(now.status()).isEqualTo(RunStatus.FAILED);
        assertThat(now.metadata().at("/error/error_type").asText()).isEqualTo("stream_incomplete");
      }
      assertThat(world.endings).extracting(Run::id).contains(running.id(), queuedBehind.id());
      assertThat(world.leases()).isZero();
      assertThat(world.history.steps(ME, StepQuery.ofRun(running.id())))
          .singleElement()
          .returns("failed", Step::status);
      assertThat(TestingRuns.all(after.follow(ME, running.id(), 0)))
          .hasSize(3)
          .startsWith(new RunEvent.TextDelta("message-1", "Hel"))
          .endsWith(new RunEvent.Ended(StopReason.ERROR, ChatUsage.NONE, 0, 0));
      Run next =
          after.start(ME, TestingRuns.draft(here, false), (_, _) -> {}, _ -> TestingRuns.DONE);
      assertThat(TestingRuns.all(after.follow(ME, next.id(), 0))).hasSize(1);
    }
    release.countDown();
  }

  @Test
  void anotherProcessWaitsForTheConversationAndTakesItWhenItIsFree() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    world.start(here, _ -> TestingRuns.until(release));
    try (Runs other =
        new Runs(
            world.database,
            new dev.mneme.common.Ids(new java.util.Random(2), Clock.systemUTC()),
            Clock.systemUTC(),
            RunSettings.DEFAULT,
            RunEnding.NONE)) {
      Run second =
          other.start(ME, TestingRuns.draft(here, false), (_, _) -> {}, _ -> TestingRuns.DONE);
      assertThat(other.follow(ME, second.id(), 0).next(Duration.ofMillis(400))).isEmpty();
      assertThat(world.history.get(ME, second.id()).status()).isEqualTo(RunStatus.CREATED);
      release.countDown();
      assertThat(TestingRuns.all(other.follow(ME, second.id(), 0))).hasSize(1);
    }
  }

  private long stored(Run run) {
    return world.database.maintain(handle ->
        handle
            .createQuery("SELECT count(*) FROM run_event WHERE run_id = ?")
            .bind(0, run.id())
            .mapTo(Long.class)
            .one());
  }

  private static Step done(Step step) {
    return new Step(
        step.id(),
        step.runId(),
        step.agentId(),
        step.model(),
        step.contextWindow(),
        "success",
        step.usage(),
        step.timings(),
        step.stopReason(),
        step.errorType(),
        step.feedback(),
        step.tags(),
        step.createdAt());
  }

  private List<Step> found(Optional<String> feedback, Optional<String> tag) {
    return world.history.steps(
        ME,
        new StepQuery(
            Optional.empty(),
            Optional.of(here.agentId()),
            Optional.of("scripted/one"),
            Optional.of(Instant.parse("2026-11-22T09:00:00Z")),
            Optional.of(Instant.parse("2026-11-22T11:00:00Z")),
            feedback,
            Optional.empty(),
            tag,
            Optional.empty(),
            Optional.empty(),
            true,
            10));
  }

  private List<String> ids(RunQuery query) {
    return world.history.list(ME, query).stream().map(Run::id).toList();
  }

  private static RunQuery query(
      List<String> agents,
      Set<RunStatus> statuses,
      Optional<Boolean> background,
      Optional<StopReason> reason) {
    return new RunQuery(
        agents,
        statuses,
        Optional.empty(),
        background,
        Optional.empty(),
        reason,
        Optional.empty(),
        Optional.empty(),
        false,
        10);
  }

  private static RunQuery page(Optional<String> before) {
    return new RunQuery(
        List.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(Conversation.DEFAULT),
        Optional.empty(),
        before,
        Optional.empty(),
        false,
        4);
  }
}
