package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Untrusted code finds its container, and nothing less when the engine is gone. */
class CodePlacesIT {
  private static final String WHERE = "import platform\nplatform.python_implementation()";

  @TempDir Path data;

  @Test
  void untrustedCodeRunsInAContainerAndTheFolderRemembersIt() {
    DockerHere.require();
    try (ToolBench bench = open(Map.of())) {
      assertThat(text(untrusted(bench.places()))).isEqualTo("CPython");
      assertThat(text(bench.places().call(ToolCalls.script(Trust.TRUSTED, WHERE))))
          .isEqualTo("GraalVM");
    }
    assertThat(data.resolve("sandbox.place")).hasContent("docker\n");
    try (ToolBench bench =
        open(Map.of("sandbox.docker.host", "unix://" + data.resolve("none.sock")))) {
      Failure refused = (Failure) untrusted(bench.places());
      assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
      assertThat(refused.message()).contains("container engine does not answer");
    }
  }

  private ToolBench open(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    all.put("data", data.toString());
    Config config = Config.load(all, Map.of());
    Premises premises = new Premises("folder-" + UUID.randomUUID(), PlaceMemo.in(data), false);
    return ToolBench.open(
        config,
        Build.current(),
        data.resolve("cache"),
        premises,
        ToolHost.alone(config, Build.current()));
  }

  private static ToolOutcome untrusted(ToolBackend places) {
    return places.call(ToolCalls.script(Trust.UNTRUSTED, WHERE));
  }

  private static String text(ToolOutcome outcome) {
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().asText();
  }
}
