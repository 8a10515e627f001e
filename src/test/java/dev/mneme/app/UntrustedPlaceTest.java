package dev.mneme.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.app.SandboxConfig.Untrusted;
import dev.mneme.app.UntrustedPlace.Decision;
import dev.mneme.app.UntrustedPlace.Kind;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.PackageSource;
import dev.mneme.sandbox.docker.PreparedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where untrusted code runs while no engine answers. */
class UntrustedPlaceTest {
  @TempDir Path data;

  @Test
  void withoutAnEngineItRunsInGraalPyWhileOnlyThisMachineCanCall() {
    Decision decision = decide(Untrusted.AUTO, false);
    assertThat(decision.kind()).isEqualTo(Kind.GRAALPY);
    assertThat(decision.why()).contains("no container engine answers at unix://");
    assertThat(data.resolve("sandbox.place")).doesNotExist();
  }

  @Test
  void withoutAnEngineItRunsNowhereWhenOthersCanCall() {
    Decision decision = decide(Untrusted.AUTO, true);
    assertThat(decision.kind()).isEqualTo(Kind.NOWHERE);
    assertThat(decision.why()).contains("other machines");
  }

  @Test
  void onceItRanInContainersItRunsNowhereElse() {
    PlaceMemo.in(data).write();
    assertThat(decide(Untrusted.AUTO, false).kind()).isEqualTo(Kind.CONTAINERS);
  }

  @Test
  void aNoteThatCannotBeReadCountsAsThere() throws Exception {
    Files.createSymbolicLink(data.resolve("sandbox.place"), data.resolve("nowhere"));
    assertThat(decide(Untrusted.AUTO, false).kind()).isEqualTo(Kind.CONTAINERS);
  }

  @Test
  void theOperatorsWordIsLast() {
    PlaceMemo.in(data).write();
    assertThat(decide(Untrusted.GRAALPY, true).kind()).isEqualTo(Kind.GRAALPY);
    assertThat(decide(Untrusted.DOCKER, false).kind()).isEqualTo(Kind.CONTAINERS);
  }

  private Decision decide(Untrusted wanted, boolean open) {
    Config config = Config.load(Map.of("data", data.toString()), Map.of());
    EngineAddress nobody =
        new EngineAddress(URI.create("unix://" + data.resolve("none.sock")), Optional.empty());
    PreparedImage image =
        Containers.image(config.sandbox().docker(), nobody, Path.of("sandbox-images"));
    try (DockerSandbox docker =
        Containers.sandbox(
            config.sandbox(), nobody, image, PackageSource.NONE, "folder-x", HostCalls.DENIED)) {
      return new UntrustedPlace(wanted, PlaceMemo.in(data), docker, image, open).decide();
    }
  }
}
