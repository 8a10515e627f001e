package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first call of a container that was started for it, and what comes after. */
class ColdContainerIT {
  private static final String LOOK =
      """
      import os, sys
      left = os.listdir("/tmp")
      open("/tmp/left", "w").close()
      sys.modules["left"] = sys
      [left, "statistics" in sys.modules, len([p for p in os.listdir("/proc") if p.isdigit()])]
      """;

  @BeforeAll
  static void engine() {
    DockerHere.require();
  }

  @Test
  void itIsRunBeforeWhatToolsUsuallyImportAndTheNextOnesAfterIt() {
    try (DockerSandbox sandbox =
        TestingDocker.sandbox(TestingDocker.sizes(1, 0), HostCalls.DENIED)) {
      assertThat(look(sandbox, ToolCalls.ALICE)).isEqualTo("[[],false,3]");
      for (int i = 0; i < 3; i++) {
        assertThat(look(sandbox, ToolCalls.ALICE)).isEqualTo("[[],true,3]");
      }
    }
  }

  @Test
  void aContainerThatStandsReadyHasItAllImported() {
    try (DockerSandbox sandbox =
        TestingDocker.sandbox(TestingDocker.sizes(30, 1), HostCalls.DENIED)) {
      look(sandbox, ToolCalls.ALICE);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> look(sandbox, somebody()).equals("[[],true,3]"));
    }
  }

  private static Owner somebody() {
    return new Owner("user-" + UUID.randomUUID());
  }

  private static String look(DockerSandbox sandbox, Owner owner) {
    ToolOutcome outcome =
        sandbox.call(ToolCalls.script(owner, Trust.UNTRUSTED, LOOK, ToolCalls.LIMITS));
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().toString();
  }
}
