package dev.mneme.sandbox.graalpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mneme.sandbox.ProcessConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that is killed while bubblewrap starts it. */
class StraysIT {
  private static final int ROUNDS = 10;

  @TempDir Path scratch;

  @Test
  void nothingIsLeftOfAWorkerThatIsKilledAtTheMomentItsNamespacesAreMade() throws Exception {
    Confinement confinement = Confinement.detect(true);
    assumeTrue(confinement.hasNamespaces(), "bubblewrap does not work here");
    for (int round = 0; round < ROUNDS; round++) {
      Path work = Files.createTempDirectory(scratch, "worker-");
      List<String> command = confinement.wrap(List.of("sleep", "600"), work, List.of(), List.of());
      Process process = new ProcessBuilder(command).start();
      ProcessConnection connection =
          new ProcessConnection(
              process, "stray", () -> Strays.end(process, work), () -> Folders.delete(work));
      Path children = Path.of("/proc/%d/task/%1$d/children".formatted(process.pid()));
      while (process.isAlive() && Files.readString(children).isBlank()) {
        Thread.onSpinWait();
      }
      connection.kill();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(commandLinesWith(scratch)).isZero());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(scratch).isEmptyDirectory());
  }

  private static int commandLinesWith(Path folder) throws IOException {
    int found = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : all) {
        found += commandLine(process).contains(folder.toString()) ? 1 : 0;
      }
    }
    return found;
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
