package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.sandbox.docker.DockerHere;
import dev.mneme.sandbox.docker.SandboxImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More scripts than workers, each of which calls a tool that needs a worker as well. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScriptsCallToolsIT {
  private static final int SCRIPTS = 32;

  @TempDir Path folder;

  @Test
  void noneWaitsForAnotherWhenToolsRunInContainersToo() throws Exception {
    DockerHere.require(SandboxImage.PYTHON);
    Path policy =
        Files.writeString(folder.resolve("policy.toml"), "[library]\nsandbox = \"docker\"\n");
    run(SCRIPTS, "docker", "[tools]\npolicy = \"" + policy + "\"\n");
  }

  /** Each script has a process of its own here, and what waits for one waits thirty seconds. */
  @Test
  void noneWaitsForAnotherInGraalPy() throws Exception {
    run(Soak.times(8, SCRIPTS), "graalpy", "");
  }

  private void run(int scripts, String place, String more) throws Exception {
    Path data =
        ServeProcess.configured(
            folder.resolve("data"),
            """
            [sandbox]
            untrusted = "%s"
            workers = 2
            [sandbox.docker]
            max = 2
            """
                    .formatted(place)
                + more);
    try (ServeProcess server = ServeProcess.start(data);
        McpHttp client = server.client("scripts");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonNode>> all = new ArrayList<>();
      for (int i = 0; i < scripts; i++) {
        String code = "import mneme\nmneme.tools.calculator(expression='6 * " + (1_000 + i) + "')";
        all.add(threads.submit(() -> client.call("run_python", Map.of("code", code))));
      }
      for (int i = 0; i < scripts; i++) {
        JsonNode result = all.get(i).get();
        assertThat(result.path("isError").asBoolean()).as("%s", result).isFalse();
        assertThat(McpHttp.text(result)).contains(Integer.toString(6 * (1_000 + i)));
      }
    }
  }
}
