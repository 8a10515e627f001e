package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.Capability;
import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import dev.mneme.launcher.TestHome;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Mneme's own image: built of the program just packaged, started, and used by a client. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Beside
class ServerImageIT {
  private static final String BASE = "mneme-server-base:slim";
  private static final String IMAGE = "mneme-server:testing";
  private static final String KEY = "key-of-the-image-test";
  private static final int PORT = 8283;

  @BeforeAll
  static void build() throws Exception {
    DockerHere.require(SandboxImage.PYTHON);
    NodePrograms.require();
    String how = "the image " + BASE + " is missing; as root: sandbox-images/base.sh --server";
    boolean there = DockerHere.has(BASE);
    assertThat(there || !"1".equals(System.getenv("MNEME_REQUIRE_ALL"))).as(how).isTrue();
    assumeTrue(there, how);
    Process build =
        new ProcessBuilder(
                TestHome.shared().resolve("sandbox-images/server/build.sh").toString(), IMAGE)
            .redirectErrorStream(true)
            .redirectOutput(new File("target/it/server-image.log"))
            .start();
    assertThat(build.waitFor()).as("see target/it/server-image.log").isZero();
  }

  @Test
  void theOfficialClientUsesAServerWithoutRightsAndWithAReadOnlyRoot() throws Exception {
    int port = freePort();
    try (GenericContainer<?> server = server(port)) {
      server.start();
      String url = "http://localhost:" + port + "/mcp";
      assertThat(
              NodePrograms.run(
                  Path.of(""),
                  Map.of("MNEME_KEY", KEY),
                  List.of(
                      NodePrograms.NODE.toString(), "src/test/node/acceptance.mjs", "http", url)))
          .endsWith("ok\n");
      String java = "/opt/mneme/java/bin/java";
      ExecResult health =
          server.execInContainer(
              java, "-cp", "/opt/mneme/dist/mneme.jar", "dev.mneme.cli.HealthCheck");
      assertThat(health.getExitCode()).as(health.getStderr()).isZero();
      ExecResult doctor =
          server.execInContainer(
              java, "@/opt/mneme/dist/cli.args", "dev.mneme.cli.Main", "doctor", "--json");
      assertThat(doctor.getStdout()).contains("\"checks\"");
    }
  }

  private static GenericContainer<?> server(int port) {
    GenericContainer<?> server =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withExposedPorts(PORT)
            .withEnv("MNEME_AUTH_KEYS", "me:" + KEY)
            // The port as clients see it: the server refuses hosts it was not told of.
            .withEnv("MNEME_SERVER_ALLOWED_HOSTS", "localhost:" + port)
            .withEnv("MNEME_SANDBOX_UNTRUSTED", "graalpy")
            .withTmpFs(Map.of("/tmp", "rw,size=256m,mode=1777"))
            .withCreateContainerCmdModifier(command ->
                command
                    .getHostConfig()
                    .withReadonlyRootfs(true)
                    .withCapDrop(Capability.ALL)
                    .withSecurityOpts(List.of("no-new-privileges")))
            .waitingFor(
                Wait.forHttp("/v1/health/")
                    .forPort(PORT)
                    .withStartupTimeout(Duration.ofMinutes(1)));
    server.setPortBindings(List.of("127.0.0.1:" + port + ":" + PORT));
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
