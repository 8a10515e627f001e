package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every way out is closed, and what a call leaves is gone for the next one, on each back end. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
public abstract class EscapeContract {
  private static final Duration WALL = Duration.ofSeconds(2);

  /** The limit of a call's end is 200 ms; the rest is for a machine that does other things. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A call after one that broke its worker waits for another. */
  private static final Duration RESTART = Duration.ofSeconds(30);

  @TempDir private Path folder;

  protected abstract ToolBackend backend();

  /** How long a call after a usual one may take; the middle of all is looked at. */
  protected abstract Duration next();

  @Test
  void everyWayOutIsClosedAndTheNextCallIsAsIfNothingHadBeen() throws IOException {
    Path canary = Files.writeString(folder.resolve("canary"), "untouched");
    SoftAssertions checks = new SoftAssertions();
    // The first call may have to wait for the first worker.
    call("1", RESTART);
    List<Duration> nexts = new ArrayList<>();
    List<EscapeCase> all = EscapeCase.all().stream().filter(this::tries).toList();
    for (EscapeCase tried : all) {
      long began = System.nanoTime();
      ToolOutcome outcome = call(tried.code(), WALL);
      checks
          .assertThat(Duration.ofNanos(System.nanoTime() - began))
          .as(tried.name())
          .isLessThan(tried.abnormal() ? RESTART.plus(WALL) : WALL.plus(SLACK));
      assertContained(checks, tried, outcome);

      tried.then().ifPresent(then -> assertContained(checks, tried, call(then, RESTART)));
      long next = System.nanoTime();
      checks
          .assertThat(call("6 * 7", RESTART))
          .as("after: %s", tried.name())
          .isEqualTo(new Success(Json.parse("42"), "", ""));
      if (!tried.abnormal()) {
        nexts.add(Duration.ofNanos(System.nanoTime() - next));
      }
    }
    checks.assertThat(canary).hasContent("untouched");
    checks.assertAll();
    Collections.sort(nexts);
    assertThat(nexts.get(nexts.size() / 2)).isLessThan(next().multipliedBy(5));
  }

  /** What proves the rest: an escape would be heard of. */
  @Test
  void whatAScriptSaysIsHeard() {
    assertThat(call("\"ESCAPED\"", RESTART))
        .isEqualTo(new Success(Json.parse("\"ESCAPED\""), "", ""));
  }

  /** Whether a case is tried in this run. */
  protected boolean tries(EscapeCase tried) {
    return true;
  }

  private ToolOutcome call(String source, Duration wall) {
    return backend()
        .call(ToolCalls.script(ToolCalls.ALICE, Trust.UNTRUSTED, source, ToolCalls.wall(wall)));
  }

  private static void assertContained(
      SoftAssertions checks, EscapeCase tried, ToolOutcome outcome) {
    String said =
        switch (outcome) {
          case Success success -> success.value().toString();
          case Failure failure -> failure.message();
        };
    checks.assertThat(said).as("%s: %s", tried.name(), outcome).doesNotContain("ESCAPED");
  }
}
