package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Json;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that each serve one trust domain. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StickyPoolTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestingWorkers workers = new TestingWorkers();
  private WorkerPool pool = pool(1, 4, 100);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aDomainKeepsItsWorkerAndGetsNobodyElses() {
    for (int i = 0; i < 5; i++) {
      assertThat(call("ann", "who")).isEqualTo(call("ann", "who"));
      assertThat(call("bob", "who")).isEqualTo(call("bob", "who"));
      assertThat(call("ann", "who")).isNotEqualTo(call("bob", "who"));
    }
    assertThat(workers.started.size()).isBetween(2, 3);
  }

  @Test
  void aSpareIsMadeReadyWhenOneWasTaken() {
    call("ann", "a");
    await().atMost(SOON).until(() -> workers.started.size() == 2 && untrusted().idle() == 2);
    call("bob", "b");
    await().atMost(SOON).until(() -> workers.started.size() == 3 && untrusted().idle() == 3);
  }

  @Test
  void theLongestIdleMakesRoom() {
    pool.close();
    pool = pool(0, 2, 100);
    ToolOutcome ann = call("ann", "who");
    ToolOutcome bob = call("bob", "who");
    assertThat(call("ann", "who")).isEqualTo(ann);
    assertThat(call("cid", "who")).isInstanceOf(Success.class);
    assertThat(call("ann", "who")).isEqualTo(ann);
    assertThat(call("bob", "who")).isNotEqualTo(bob);
    assertThat(workers.alive()).isEqualTo(2);
  }

  @Test
  void oneDomainThatIsNeverIdleDoesNotStarveAnother() throws Exception {
    pool.close();
    pool = pool(0, 1, 10_000);
    call("ann", "a");
    List<Thread> flood = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      flood.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                  call("ann", "sleep 20");
                }
              }));
    }
    Thread.sleep(100);
    assertThat(call("bob", "b")).isInstanceOf(Success.class);
    for (Thread thread : flood) {
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void aWorkerIsReplacedAfterItsCalls() {
    pool.close();
    pool = pool(1, 4, 3);
    for (int i = 0; i < 9; i++) {
      assertThat(call("ann", "a")).isInstanceOf(Success.class);
    }
    await()
        .atMost(SOON)
        .until(() -> workers.started.stream().filter(worker -> worker.killed).count() == 3);
  }

  @Test
  void aWorkerThatIsOldIsReplacedWhenIdle() {
    pool.close();
    pool = pool(0, 4, new Sticky(100, Duration.ofMillis(300)));
    call("ann", "a");
    await().atMost(SOON).until(() -> workers.alive() == 0);
    assertThat(call("ann", "a")).isInstanceOf(Success.class);
  }

  @Test
  void nothingIsKeptAfterALimitWasReached() {
    ToolOutcome before = call("ann", "who");
    Failure failure = (Failure) call("ann", "full");
    assertThat(failure.reason()).isEqualTo(ToolOutcome.Reason.LIMIT);
    assertThat(call("ann", "who")).isInstanceOf(Success.class).isNotEqualTo(before);
  }

  @Test
  void whenNothingCanBeStartedOnlyThoseWithAWorkerGoOn() {
    pool.close();
    pool = pool(0, 4, 100);
    ToolOutcome ann = call("ann", "who");
    workers.failingStarts.set(1_000);
    Failure bob = (Failure) call("bob", "who");
    assertThat(bob.reason()).isEqualTo(ToolOutcome.Reason.UNAVAILABLE);
    assertThat(bob.message()).contains("no room");
    assertThat(call("ann", "who")).isEqualTo(ann);
    workers.failingStarts.set(0);
    await().atMost(SOON).until(() -> call("bob", "who") instanceof Success);
  }

  @Test
  void manyDomainsAndFewWorkersAllGetTheirTurn() {
    pool.close();
    pool = pool(1, 3, 100);
    List<CompletableFuture<ToolOutcome>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String domain = "agent-" + i % 12;
      calls.add(
          CompletableFuture.supplyAsync(() -> call(domain, "sleep 5"), Thread::startVirtualThread));
    }
    assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Success.class));
    assertThat(workers.alive()).isLessThanOrEqualTo(3);
  }

  @Test
  void aWorkerServesCallsOfItsImageOnly() {
    ToolOutcome usual = call("ann", "who");
    ToolOutcome other = callOn("numbers", "ann", "who");
    assertThat(other).isInstanceOf(Success.class).isNotEqualTo(usual);
    assertThat(callOn("numbers", "ann", "who")).isEqualTo(other);
    assertThat(call("ann", "who")).isEqualTo(usual);
    assertThat(callOn("numbers", "bob", "who")).isNotEqualTo(other);
    await().atMost(SOON).until(() -> workers.alive() == 4);
    assertThat(workers.started.stream().filter(worker -> worker.image.equals("numbers")))
        .hasSize(2);
  }

  @Test
  void imagesMakeRoomForEachOther() {
    pool.close();
    pool = pool(1, 2, 100);
    for (int i = 0; i < 8; i++) {
      assertThat(callOn("image-" + i % 3, "ann", "a")).isInstanceOf(Success.class);
      assertThat(call("bob", "b")).isInstanceOf(Success.class);
      assertThat(workers.alive()).isLessThanOrEqualTo(2);
    }
  }

  private WorkerPool pool(int spares, int max, int calls) {
    return pool(spares, max, new Sticky(calls, Duration.ofMinutes(5)));
  }

  private WorkerPool pool(int spares, int max, Sticky sticky) {
    PoolSettings settings =
        PoolSettings.of(max, spares, 200, 64L << 20, 1L << 30)
            .sticky(sticky, 0, spares, Duration.ofMinutes(5));
    return new WorkerPool(workers, settings, HostCalls.DENIED);
  }

  private LaneStatus untrusted() {
    return pool.status().stream()
        .filter(lane -> lane.trust() == Trust.UNTRUSTED)
        .findFirst()
        .orElseThrow();
  }

  private ToolOutcome call(String agent, String source) {
    return pool.run(work(agent, source));
  }

  private ToolOutcome callOn(String image, String agent, String source) {
    return pool.run(work(agent, source).on(image));
  }

  private static Work work(String agent, String source) {
    return Work.of(
        new ToolCall(
            Caller.agent(ToolCalls.ALICE, agent, Optional.empty()),
            ToolCode.of("tool.py", source, Trust.UNTRUSTED),
            Optional.empty(),
            Json.mapper().createObjectNode(),
            ToolCalls.LIMITS,
            ToolListener.NONE));
  }
}
