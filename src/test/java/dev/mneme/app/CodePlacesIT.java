package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.PackageImages;
import dev.mneme.sandbox.docker.SandboxImage;
import dev.mneme.sandbox.packages.TestingWheels;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Untrusted code finds its container, and nothing less when the engine is gone. */
class CodePlacesIT {
  private static final String WHERE = "import platform\nplatform.python_implementation()";

  @TempDir Path data;

  @Test
  void untrustedCodeRunsInAContainerAndTheFolderRemembersIt() {
    DockerHere.require(SandboxImage.PYTHON);
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

  @Test
  void aScriptHasThePackagesItsHeaderNamesWhereTheOperatorAllowsThem() throws Exception {
    DockerHere.require(SandboxImage.PYTHON);
    Path wheels = Files.createDirectory(data.resolve("wheels"));
    new TestingWheels(wheels).plain("mnemetestwiring", "1.2");
    String script =
        """
        # /// script
        # dependencies = ["mnemetestwiring>=1"]
        # ///
        import mnemetestwiring
        mnemetestwiring.VERSION
        """;
    try (ToolBench bench = open(Map.of())) {
      Failure refused =
          (Failure) bench.service().runPython(Caller.of(Owner.DEFAULT), script, ToolListener.NONE);
      assertThat(refused.message()).contains("mnemetestwiring>=1", "sandbox.packages.allow");
    }
    Map<String, String> built =
        Map.of("sandbox.packages.allow", "built", "sandbox.packages.wheels", wheels.toString());
    try (PackageDesk desk = PackageDesk.open(config(built), Build.current(), Optional.empty());
        ToolBench bench = open(built)) {
      String image = desk.build(List.of("mnemetestwiring>=1"));
      assertThat(
              text(bench.service().runPython(Caller.of(Owner.DEFAULT), script, ToolListener.NONE)))
          .isEqualTo("1.2");
      assertThat(desk.list())
          .anySatisfy(set -> {
            assertThat(set.image()).isEqualTo(image);
            assertThat(set.wheels()).isEqualTo("mnemetestwiring 1.2");
          });
    }
    try (PackageDesk desk = PackageDesk.open(config(built), Build.current(), Optional.empty())) {
      for (PackageImages.Built set : desk.list()) {
        if (set.asked().contains("mnemetestwiring")) {
          desk.remove(set.image());
        }
      }
    }
  }

  private ToolBench open(Map<String, String> flags) {
    Config config = config(flags);
    Premises premises = new Premises("folder-" + UUID.randomUUID(), PlaceMemo.in(data), false);
    return ToolBench.open(
        config,
        Build.current(),
        data.resolve("cache"),
        premises,
        ToolHost.alone(config, Build.current()));
  }

  private Config config(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    all.put("data", data.toString());
    return Config.load(all, Map.of());
  }

  private static ToolOutcome untrusted(ToolBackend places) {
    return places.call(ToolCalls.script(Trust.UNTRUSTED, WHERE));
  }

  private static String text(ToolOutcome outcome) {
    assertThat(outcome).isInstanceOf(Success.class);
    return ((Success) outcome).value().asText();
  }
}
