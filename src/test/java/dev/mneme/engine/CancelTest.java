package dev.mneme.engine;

import static dev.mneme.engine.TestingEngine.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.agent.Agent;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.run.Run;
import dev.mneme.run.StopReason;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {
  @TempDir Path folder;
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aRunIsCancelledWithinItsModelCallAndTheNextMessageIsAnswered() throws Exception {
    engine.script(
        "hangs",
        """
        replies:
          - match: {contains: wait}
            fault: hang
          - text: Here I am.
        """);
    Agent agent = engine.agent("letta_v1_agent", "hangs", List.of());
    Run run = engine.engine.send(A, engine.request(agent, "wait", 5));
    Thread.sleep(300);
    Told told = cancelled(run);
    assertThat(told.ended().reason()).isEqualTo(StopReason.CANCELLED);
    assertThat(engine.say(agent, "hello").texts()).containsExactly("Here I am.");
    assertThat(engine.context(agent)).extracting(Message::text).contains("wait", "hello");
  }

  @Test
  void aRunIsCancelledWithinAToolAndEveryCallHasAReturn() {
    AtomicBoolean begun = new AtomicBoolean();
    engine.code.put(
        "slow",
        _ -> {
          begun.set(true);
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return new ToolOutcome.Failure(ToolOutcome.Reason.CANCELLED, "cancelled", "", "", "");
        });
    engine.script(
        "calls",
        """
        replies:
          - match: {contains: wait}
            tools:
              - {name: slow, arguments: {}}
              - {name: memory_insert, arguments: {label: human, new_string: never}}
          - text: Here I am.
        """);
    Agent agent = engine.agent("letta_v1_agent", "calls", List.of(), "slow", "memory_insert");
    Run run = engine.engine.send(A, engine.request(agent, "wait", 5));
    await().untilTrue(begun);
    Told told = cancelled(run);
    assertThat(told.ended().reason()).isEqualTo(StopReason.CANCELLED);
    await().until(() -> engine.context(agent).size() == 4);
    Message returns = engine.context(agent).getLast();
    assertThat(returns.role()).isEqualTo(Role.TOOL);
    assertThat(returns.toolReturns()).hasSize(2).allMatch(r -> r.isError());
    assertThat(engine.memory.value(agent, "human")).doesNotContain("never");
    assertThat(engine.say(agent, "hello").texts()).containsExactly("Here I am.");
  }

  private Told cancelled(Run run) {
    long begin = System.nanoTime();
    assertThat(engine.runs.cancel(A, run.id())).isTrue();
    Told told = engine.told(run);
    // 200 ms where the machine has nothing else to do.
    assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
    return told;
  }
}
