package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mneme.launcher.TestHome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client does what a user does in the first minutes, on both transports. */
class FirstMinutesIT {
  private static final Path MODULES = Path.of("target/node-tools/node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");

  @TempDir Path folder;

  @Test
  void overHttp() throws Exception {
    requireNode();
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"))) {
      assertThat(client("http", server.url().resolve("/mcp").toString())).endsWith("ok\n");
    }
  }

  @Test
  void overStdio() throws Exception {
    requireNode();
    Path data = folder.resolve("data");
    assertThat(client("stdio", TestHome.launcher().toString(), "mcp", "--data", data.toString()))
        .endsWith("ok\n");
  }

  /** What {@code mneme install json} prints is all that a client has to be given. */
  @Test
  void overAPastedConfiguration() throws Exception {
    requireNode();
    Path data = folder.resolve("data");
    String pasted =
        run(List.of(TestHome.launcher().toString(), "install", "json", "--data", data.toString()));
    Path configuration = Files.writeString(folder.resolve("mcp.json"), pasted);

    String said =
        run(
            List.of(
                MODULES.resolve(".bin/mcp-inspector").toString(),
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

  private static void requireNode() {
    boolean there = Files.isExecutable(NODE);
    if (!there && "1".equals(System.getenv("MNEME_REQUIRE_ALL"))) {
      throw new AssertionError("Node is missing; ./mneme test provides it");
    }
    assumeTrue(there, "Node is missing; ./mneme test provides it");
  }

  private String client(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(NODE.toString(), Path.of("src/test/node/acceptance.mjs").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private String run(List<String> command) throws Exception {
    File out = folder.resolve("client.out").toFile();
    File err = folder.resolve("client.err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err).redirectOutput(out);
    builder.environment().put("NODE_MODULES", MODULES.toString());
    builder.environment().merge("PATH", "", (old, _) -> NODE.getParent() + ":" + old);
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String said = Files.readString(out.toPath());
    assertThat(process.exitValue()).as(said + Files.readString(err.toPath())).isZero();
    return said;
  }
}
