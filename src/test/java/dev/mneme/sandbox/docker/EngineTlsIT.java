package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.mneme.launcher.Beside;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.sandbox.docker.wire.Endpoint;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is named by Docker's own variables and answers only those it knows. */
@Beside
class EngineTlsIT {
  @TempDir private static Path temp;
  private static EngineCertificates certificates;
  private static TlsGate gate;

  @BeforeAll
  static void open() throws Exception {
    DockerHere.require();
    certificates = new EngineCertificates(temp.resolve("ours"));
    gate = new TlsGate(certificates.engine(), ((Endpoint.Unix) TestingDocker.ENGINE).socket());
  }

  @AfterAll
  static void shut() throws Exception {
    if (gate != null) {
      gate.close();
    }
  }

  @Test
  void callsRunOverAnEncryptedConnection() throws Exception {
    EngineAddress address = address(certificates.clientFolder());
    String large = "len('" + "m".repeat(300_000) + "')";
    try (DockerSandbox sandbox = sandbox(address)) {
      for (int i = 0; i < 3; i++) {
        ToolOutcome outcome = call(sandbox, large);
        assertThat(outcome).as(outcome.toString()).isInstanceOf(Success.class);
        assertThat(((Success) outcome).value().intValue()).isEqualTo(300_000);
      }
    }
  }

  @Test
  void imagesAreAskedForOverTheSameConnection() throws Exception {
    try (DockerClient client = DockerClients.open(address(certificates.clientFolder()))) {
      assertThat(client.versionCmd().exec().getApiVersion()).isNotEmpty();
    }
  }

  @Test
  void whoIsNotKnownToTheOtherGetsAnErrorAndNothingRuns() throws Exception {
    Path strangers = new EngineCertificates(temp.resolve("strangers")).clientFolder();
    try (DockerSandbox sandbox = sandbox(address(strangers))) {
      Failure refused = (Failure) call(sandbox, "1");
      assertThat(refused.reason()).isEqualTo(ToolOutcome.Reason.UNAVAILABLE);
      assertThat(refused.message()).contains("certif");
    }
  }

  private static EngineAddress address(Path folder) {
    return EngineAddress.find(
        Optional.empty(),
        Map.of(
            "DOCKER_HOST",
            "tcp://localhost:" + gate.port(),
            "DOCKER_TLS_VERIFY",
            "1",
            "DOCKER_CERT_PATH",
            folder.toString()));
  }

  private static DockerSandbox sandbox(EngineAddress address) {
    return new DockerSandbox(
        address.endpoint(),
        TestingDocker.settings("folder-" + UUID.randomUUID()),
        TestingDocker.sizes(2, 0),
        TestingDocker.images(),
        HostCalls.DENIED,
        new SecureRandom());
  }

  private static ToolOutcome call(DockerSandbox sandbox, String source) {
    return sandbox.call(ToolCalls.script(Trust.UNTRUSTED, source));
  }
}
