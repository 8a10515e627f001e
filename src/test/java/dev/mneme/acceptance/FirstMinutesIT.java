package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.NodePrograms;
import dev.mneme.launcher.Owners;
import dev.mneme.launcher.TestHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client does what a user does in the first minutes, on both transports. */
class FirstMinutesIT {
  @TempDir Path folder;

  @AfterEach
  void endOwners() {
    Owners.end(folder);
  }

  @Test
  void overHttp() throws Exception {
    NodePrograms.require();
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"))) {
      assertThat(client("http", server.url().resolve("/mcp").toString())).endsWith("ok\n");
    }
  }

  @Test
  void overStdio() throws Exception {
    NodePrograms.require();
    Path data = folder.resolve("data");
    assertThat(client("stdio", TestHome.launcher().toString(), "mcp", "--data", data.toString()))
        .endsWith("ok\n");
  }

  /** What {@code mneme install json} prints is all that a client has to be given. */
  @Test
  void overAPastedConfiguration() throws Exception {
    NodePrograms.require();
    Path data = folder.resolve("data");
    String pasted =
        run(List.of(TestHome.launcher().toString(), "install", "json", "--data", data.toString()));
    Path configuration = Files.writeString(folder.resolve("mcp.json"), pasted);

    String said =
        run(
            List.of(
                NodePrograms.MODULES.resolve(".bin/mcp-inspector").toString(),
                "--cli",
                "--config",
                configuration.toString(),
                "--server",
                "mneme",
                "--method",
                "tools/call",
                "--tool-name",
                "memory_view"));

    assertThat(said).contains("<memory_blocks>");
  }

  private static String client(String... arguments) throws Exception {
    return NodePrograms.script(Path.of("src/test/node/acceptance.mjs"), arguments);
  }

  private static String run(List<String> command) throws Exception {
    return NodePrograms.run(Path.of(""), Map.of(), command);
  }
}
