package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkerPoolTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Person person = new Person();
  private final TestingWorkers workers = new TestingWorkers();
  private WorkerPool pool = pool(1, 2, 4, Duration.ofSeconds(10), Duration.ofMinutes(5));

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void nothingStartsBeforeItIsNeeded() {
    assertThat(workers.started).isEmpty();
    assertThat(call("hello")).isEqualTo(new Success(Json.parse("\"hello\""), "", ""));
    assertThat(workers.started).hasSize(1);
  }

  @Test
  void warmingStartsOneWorkerOfEachTrust() {
    pool.warm();
    await().atMost(SOON).until(() -> workers.started.size() == 2);
    assertThat(workers.started).extracting(worker -> worker.trust).containsExactly(Trust.values());
  }

  @Test
  void aWorkerServesOneTrustOnly() {
    call("a");
    assertThat(run(ToolCalls.ALICE, Trust.TRUSTED, "b", ToolCalls.LIMITS))
        .isInstanceOf(Success.class);
    assertThat(workers.started)
        .extracting(worker -> worker.trust)
        .containsExactlyInAnyOrder(Trust.UNTRUSTED, Trust.TRUSTED);
  }

  @Test
  void aCallThatHangsIsKilledAndTheNextOneWorks() {
    Failure failure = failure("hang", ToolCalls.wall(Duration.ofMillis(300)), Reason.TIMEOUT);
    assertThat(failure.message()).contains("time limit of 0.3 s");
    assertThat(workers.started.getFirst().killed).isTrue();
    assertThat(call("next")).isInstanceOf(Success.class);
  }

  @Test
  void nobodyIsAskedAnyMoreOnceTheCallIsCancelled() throws InterruptedException {
    Thread caller = Thread.ofVirtual().start(() -> call("ask"));
    assertThat(person.asked.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    assertThat(person.released.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(call("next")).isInstanceOf(Success.class);
  }

  @Test
  void theEndOfACallNeverClosesTheWayToItsWorker() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(call("tool")).isEqualTo(new Success(Json.parse("\"done\""), "", ""));
    }
    assertThat(workers.started).hasSize(1);
  }

  @Test
  void aWorkerThatDiesFailsItsOwnCallOnly() {
    Failure failure = failure("die", ToolCalls.LIMITS, Reason.UNAVAILABLE);
    assertThat(failure.message()).contains("ended unexpectedly");
    assertThat(call("next")).isInstanceOf(Success.class);
  }

  @Test
  void aWorkerOutOfMemoryIsAMemoryLimitThatNamesItsValue() {
    Failure failure = failure("full", ToolCalls.LIMITS, Reason.LIMIT);
    assertThat(failure.message()).contains("memory limit of 64 MB");
  }

  @Test
  void aWorkerThatGrowsTooLargeIsKilled() {
    workers.usage = new WorkerConnection.Usage(Duration.ZERO, 1L << 40);
    assertThat(failure("hang", ToolCalls.LIMITS, Reason.LIMIT).message()).contains("64 MB");
  }

  @Test
  void aWorkerThatBreaksTheProtocolIsKilled() {
    long killed = 0;
    for (String source : List.of("garbage", "endless", "impostor")) {
      Failure failure = failure(source, ToolCalls.LIMITS, Reason.UNAVAILABLE);
      assertThat(failure.message()).contains("ended unexpectedly: it ");
      long expected = ++killed;
      await()
          .atMost(SOON)
          .until(() -> workers.started.stream().filter(w -> w.killed).count() == expected);
    }
    assertThat(call("next")).isInstanceOf(Success.class);
  }

  @Test
  void aWorkerThatSpeaksOutOfTurnIsKilled() {
    assertThat(call("unasked")).isInstanceOf(Success.class);
    await().atMost(SOON).until(() -> workers.started.getFirst().killed);
    assertThat(call("next")).isInstanceOf(Success.class);
  }

  @Test
  void moreCallersStartMoreWorkersUpToTheMaximum() {
    List<CompletableFuture<ToolOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(later(ToolCalls.ALICE, "sleep 200"));
    }
    assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Success.class));
    assertThat(workers.started).hasSize(2);
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    List<CompletableFuture<ToolOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      calls.add(later(ToolCalls.ALICE, "sleep 3000"));
    }
    await().atMost(SOON).until(() -> untrusted().busy() == 2);
    for (int i = 0; i < 4; i++) {
      calls.add(later(ToolCalls.ALICE, "0"));
    }
    await().atMost(SOON).until(() -> untrusted().busy() == 2 && untrusted().waiting() == 4);
    Failure refused = failure("x", ToolCalls.LIMITS, Reason.LIMIT);
    assertThat(refused.message()).contains("queue limit 4");
    assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Success.class));
  }

  @Test
  void waitingHasADeadline() {
    pool.close();
    pool = pool(1, 1, 4, Duration.ofMillis(300), Duration.ofMinutes(5));
    CompletableFuture<ToolOutcome> first = later(ToolCalls.ALICE, "sleep 2000");
    await().atMost(SOON).until(() -> untrusted().busy() == 1);
    assertThat(failure("x", ToolCalls.LIMITS, Reason.LIMIT).message()).contains("queue limit");
    assertThat(first.join()).isInstanceOf(Success.class);
  }

  @Test
  void ownersTakeTurns() {
    pool.close();
    pool = pool(1, 1, 10, Duration.ofSeconds(20), Duration.ofMinutes(5));
    call("warm");
    CompletableFuture<ToolOutcome> blocker = later(ToolCalls.ALICE, "sleep 500");
    await().atMost(SOON).until(() -> untrusted().busy() == 1);
    List<String> order = new CopyOnWriteArrayList<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (String name : List.of("a1", "a2", "a3")) {
      all.add(later(ToolCalls.ALICE, "sleep 30").thenAccept(done -> order.add(name)));
      int waiting = all.size();
      await().atMost(SOON).until(() -> untrusted().waiting() == waiting);
    }
    all.add(later(ToolCalls.BOB, "sleep 30").thenAccept(done -> order.add("b1")));
    blocker.join();
    all.forEach(CompletableFuture::join);
    assertThat(order.indexOf("b1")).isLessThan(2);
  }

  @Test
  void interruptingAWaitingCallerCancelsItAndLosesNoWorker() throws Exception {
    pool.close();
    pool = pool(1, 1, 4, Duration.ofSeconds(20), Duration.ofMinutes(5));
    CompletableFuture<ToolOutcome> blocker = later(ToolCalls.ALICE, "sleep 600");
    await().atMost(SOON).until(() -> untrusted().busy() == 1);
    CompletableFuture<ToolOutcome> cancelled = new CompletableFuture<>();
    Thread waiter = Thread.ofVirtual().start(() -> cancelled.complete(call("never")));
    await().atMost(SOON).until(() -> untrusted().waiting() == 1);
    waiter.interrupt();
    assertThat(((Failure) cancelled.get(10, TimeUnit.SECONDS)).reason())
        .isEqualTo(Reason.CANCELLED);
    assertThat(blocker.join()).isInstanceOf(Success.class);
    assertThat(call("after")).isInstanceOf(Success.class);
    assertThat(workers.started).hasSize(1);
  }

  @Test
  void startsThatFailAreToldAtOnceAndTriedAgain() {
    workers.failingStarts.set(1);
    Failure failure = failure("x", ToolCalls.LIMITS, Reason.UNAVAILABLE);
    assertThat(failure.message()).contains("No worker can be started: no room");
    assertThat(untrusted().lastFailure()).contains("no room");
    await().atMost(SOON).until(() -> call("y") instanceof Success);
    assertThat(untrusted().lastFailure()).isEmpty();
  }

  @Test
  void aSpentWorkerIsReplacedBeforeItRetires() {
    workers.callsPerWorker = 5;
    for (int i = 0; i < 23; i++) {
      assertThat(call("call " + i)).isInstanceOf(Success.class);
    }
    assertThat(workers.started.size()).isBetween(5, 6);
    assertThat(workers.started.getFirst().killed).isTrue();
  }

  @Test
  void idleWorkersAboveTheWarmOnesAreEnded() {
    pool.close();
    pool = pool(1, 2, 10, Duration.ofSeconds(20), Duration.ofMillis(400));
    List<CompletableFuture<ToolOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      calls.add(later(ToolCalls.ALICE, "sleep 200"));
    }
    calls.forEach(CompletableFuture::join);
    assertThat(workers.started).hasSize(2);
    await().atMost(SOON).until(() -> workers.alive() == 1);
    assertThat(call("still")).isInstanceOf(Success.class);
  }

  @Test
  void aSpareStartsWhileTheLastWorkerIsBusyForLong() {
    CompletableFuture<ToolOutcome> slow = later(ToolCalls.ALICE, "sleep 2500");
    await().atMost(SOON).until(() -> untrusted().busy() == 1 && untrusted().idle() == 1);
    assertThat(call("not kept waiting")).isInstanceOf(Success.class);
    assertThat(slow.isDone()).isFalse();
    slow.join();
  }

  @Test
  void closingEndsWorkersAndWaitingCalls() {
    CompletableFuture<ToolOutcome> running = later(ToolCalls.ALICE, "hang");
    await().atMost(SOON).until(() -> untrusted().busy() == 1);
    pool.close();
    assertThat(((Failure) running.join()).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(((Failure) call("late")).message()).contains("stopping");
    assertThat(workers.alive()).isZero();
  }

  private WorkerPool pool(int warm, int max, int queue, Duration wait, Duration idle) {
    PoolSettings settings =
        new PoolSettings(
            warm,
            warm,
            max,
            queue,
            queue,
            wait,
            idle,
            Duration.ofSeconds(30),
            64L << 20,
            1L << 30,
            10_000,
            100_000,
            Duration.ofMinutes(1),
            Optional.empty(),
            SessionSettings.DEFAULT);
    return new WorkerPool(workers, settings, person);
  }

  private LaneStatus untrusted() {
    return pool.status().stream()
        .filter(lane -> lane.trust() == Trust.UNTRUSTED)
        .findFirst()
        .orElseThrow();
  }

  private ToolOutcome call(String source) {
    return run(ToolCalls.ALICE, Trust.UNTRUSTED, source, ToolCalls.LIMITS);
  }

  private CompletableFuture<ToolOutcome> later(Owner owner, String source) {
    CompletableFuture<ToolOutcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> outcome.complete(run(owner, Trust.UNTRUSTED, source, ToolCalls.LIMITS)));
    return outcome;
  }

  private Failure failure(String source, ToolLimits limits, Reason reason) {
    Failure failure = (Failure) run(ToolCalls.ALICE, Trust.UNTRUSTED, source, limits);
    assertThat(failure.reason()).as(failure.toString()).isEqualTo(reason);
    return failure;
  }

  private ToolOutcome run(Owner owner, Trust trust, String source, ToolLimits limits) {
    return pool.run(Work.of(ToolCalls.script(owner, trust, source, limits)));
  }

  /** Somebody who is asked and never answers. */
  private static final class Person implements HostCalls {
    final Semaphore asked = new Semaphore(0);
    final Semaphore released = new Semaphore(0);

    @Override
    public String answer(Request request) {
      if (request.operation().equals("tool")) {
        return "done";
      }
      asked.release();
      try {
        new CountDownLatch(1).await();
        return "answered";
      } catch (InterruptedException e) {
        released.release();
        return "given up";
      }
    }

    @Override
    public boolean waitsForPerson(String operation) {
      return true;
    }
  }
}
