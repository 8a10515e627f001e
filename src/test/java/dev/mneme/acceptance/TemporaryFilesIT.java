package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries that are partly native copy themselves to temporary files, if they are let. */
class TemporaryFilesIT {
  @TempDir Path folder;

  @Test
  void aKilledServerLeavesNone() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path data = folder.resolve("data");
    Map<String, String> environment = Map.of("MNEME_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    try (ServeProcess server = ServeProcess.start(environment, data);
        McpHttp client = server.client("client")) {
      client.done("archival_insert", Map.of("content", "Whales are mammals."));
      client.call("archival_search", Map.of("query", "animals of the sea"));
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(() -> assertThat(mapped(server.pid())).contains("libonnxruntime4j_jni"));
      client.call("archival_search", Map.of("query", "animals of the sea"));
      assertThat(mapped(server.pid())).contains("/native/sqlite/libsqlitejdbc");
      server.kill();
    }
    assertThat(temporary).isEmptyDirectory();
  }

  private static String mapped(long pid) throws java.io.IOException {
    Path maps = Path.of("/proc", Long.toString(pid), "maps");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(maps), "only Linux shows it");
    return Files.readString(maps);
  }
}
