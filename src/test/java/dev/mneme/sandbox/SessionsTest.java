package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.SessionState;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who keeps a session, for how long, and what is said of its end. Time is the test's. */
class SessionsTest {
  private final TestingWorkers workers = new TestingWorkers();
  private final AtomicLong clock = new AtomicLong();
  private final List<SessionState> states = new ArrayList<>();
  private final Sessions sessions =
      new Sessions(
          workers,
          PoolSettings.of(2, 1, 10, 64L << 20, 1L << 30)
              .withSessions(new SessionSettings(3, 2, Duration.ofMinutes(5))),
          HostCalls.DENIED,
          clock::get);

  @AfterEach
  void stop() {
    sessions.close();
  }

  @Test
  void callsOfASessionGoToOneWorkerAndNoOthersDo() {
    assertThat(run(ToolCalls.ALICE, "a", "who")).isEqualTo("0");
    assertThat(run(ToolCalls.ALICE, "b", "who")).isEqualTo("1");
    assertThat(run(ToolCalls.BOB, "a", "who")).isEqualTo("2");
    assertThat(run(ToolCalls.ALICE, "a", "who")).isEqualTo("0");
    assertThat(states).extracting(SessionState::calls).containsExactly(1L, 1L, 1L, 2L);
    assertThat(states).allMatch(state -> state.lost().isEmpty());
  }

  @Test
  void anIdleSessionIsEndedAndTheNextCallIsToldSo() {
    run(ToolCalls.ALICE, "a", "who");
    passes(Duration.ofMinutes(4));
    sessions.tick();
    assertThat(workers.alive()).isOne();
    passes(Duration.ofMinutes(2));
    sessions.tick();
    assertThat(workers.alive()).isZero();
    assertThat(run(ToolCalls.ALICE, "a", "who")).isEqualTo("1");
    assertThat(states.getLast().lost()).contains("it was idle for 300 s");
    run(ToolCalls.ALICE, "a", "who");
    assertThat(states.getLast().lost()).isEmpty();
  }

  @Test
  void anOwnersOldestMakesRoomForItsNewest() {
    run(ToolCalls.ALICE, "a", "who");
    passes(Duration.ofSeconds(1));
    run(ToolCalls.ALICE, "b", "who");
    passes(Duration.ofSeconds(1));
    run(ToolCalls.ALICE, "c", "who");
    assertThat(workers.alive()).isEqualTo(2);
    run(ToolCalls.ALICE, "a", "who");
    assertThat(states.getLast().lost()).contains("it made room for another session");
  }

  @Test
  void othersSessionsMakeRoomOnlyAfterAMinuteOfRest() {
    run(ToolCalls.ALICE, "a", "who");
    run(ToolCalls.ALICE, "b", "who");
    run(ToolCalls.BOB, "a", "who");
    Owner carol = new Owner("user-00000000-0000-4000-8000-00000000000c");
    Failure refused = (Failure) outcome(carol, "a", "who", false);
    assertThat(refused.reason()).isEqualTo(ToolOutcome.Reason.LIMIT);
    assertThat(refused.message()).contains("3 in all", "2 for one owner");
    passes(Duration.ofSeconds(61));
    assertThat(run(carol, "a", "who")).isEqualTo("3");
    assertThat(workers.alive()).isEqualTo(3);
  }

  @Test
  void aSessionWhoseWorkerDiedStartsAnewAndSaysWhy() {
    run(ToolCalls.ALICE, "a", "who");
    assertThat(outcome(ToolCalls.ALICE, "a", "die", false)).isInstanceOf(Failure.class);
    assertThat(run(ToolCalls.ALICE, "a", "who")).isEqualTo("1");
    assertThat(states.getLast().lost().orElseThrow()).contains("ended unexpectedly");
    assertThat(states.getLast().text())
        .startsWith("the session a was started anew because its last script ended like this: ");
  }

  @Test
  void resetStartsAnew() {
    run(ToolCalls.ALICE, "a", "who");
    assertThat(((Success) outcome(ToolCalls.ALICE, "a", "who", true)).value().asText())
        .isEqualTo("1");
    assertThat(states.getLast()).isEqualTo(new SessionState("a", 1, Optional.of("it was reset")));
  }

  private void passes(Duration time) {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }

  private String run(Owner owner, String session, String source) {
    ToolOutcome outcome = outcome(owner, session, source, false);
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().asText();
  }

  private ToolOutcome outcome(Owner owner, String session, String source, boolean reset) {
    SessionUse use = new SessionUse(session, reset);
    ToolCall call =
        ToolCalls.script(owner, Trust.UNTRUSTED, source, ToolCalls.LIMITS)
            .with(new Setup(InputFiles.NONE, Optional.of(use)))
            .heardBy(
                new ToolListener() {
                  @Override
                  public void session(SessionState state) {
                    states.add(state);
                  }
                });
    return sessions.run(Work.of(call), use);
  }
}
