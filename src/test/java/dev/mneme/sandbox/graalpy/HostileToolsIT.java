package dev.mneme.sandbox.graalpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Json;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.HostileSnippet;
import dev.mneme.sandbox.HostileSnippet.End;
import dev.mneme.sandbox.LaneStatus;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code that means harm, or might as well: each ends in a clear error and costs nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
    named = "mneme.soak",
    matches = "true",
    disabledReason = "minutes long; acceptance.HostileToolsIT runs it through the server")
class HostileToolsIT {
  private static final Duration WALL = Duration.ofSeconds(2);

  /** The limit is 200 ms; the rest is for a machine that does other things. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** For code that ends by itself: some of it imports much first. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long MEGABYTE = 1 << 20;
  private GraalPySandbox sandbox;

  @BeforeAll
  void start(@TempDir Path data) {
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  static List<HostileSnippet> snippets() {
    return HostileSnippet.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("snippets")
  void endsAsItHasTo(HostileSnippet snippet) {
    Duration wall = snippet.end() == End.REFUSED ? PATIENCE : WALL;
    assertStillServes();
    long began = System.nanoTime();
    ToolOutcome outcome = run(snippet.code(), wall);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    if (snippet.end().mustFail()) {
      assertFails(outcome, snippet.end().reasons());
    }
    assertThat(took).isLessThan(wall.plus(SLACK));
  }

  @Test
  void afterwardsMemoryIsBackToNormal() {
    ToolOutcome outcome = run("x = []\nwhile True: x.append(bytearray(10**6))", WALL);
    assertFails(outcome, End.TIMEOUT_OR_FULL.reasons());
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          for (LaneStatus lane : sandbox.status()) {
            assertThat(lane.busy() + lane.starting()).isZero();
            assertThat(lane.memory()).isLessThan(2 * 600 * MEGABYTE);
          }
        });
  }

  private void assertStillServes() {
    assertThat(sandbox.call(ToolCalls.script(Trust.UNTRUSTED, "1")))
        .isEqualTo(new Success(Json.parse("1"), "", ""));
  }

  private ToolOutcome run(String source, Duration wall) {
    return sandbox.call(
        ToolCalls.script(ToolCalls.ALICE, Trust.UNTRUSTED, source, ToolCalls.wall(wall)));
  }

  private static void assertFails(ToolOutcome outcome, Set<Reason> reasons) {
    assertThat(outcome).isInstanceOf(Failure.class);
    Failure failure = (Failure) outcome;
    assertThat(failure.reason()).as(failure.toString()).isIn(reasons);
    assertThat(failure.message()).isNotBlank().doesNotContain("com.oracle").doesNotContain("\tat ");
    assertThat(failure.traceback()).doesNotContain("com.oracle").doesNotContain("harness");
  }
}
