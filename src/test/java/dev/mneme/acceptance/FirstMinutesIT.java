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
    File out = folder.resolve("client.out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out);
    builder.environment().put("NODE_MODULES", MODULES.toString());
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String said = Files.readString(out.toPath());
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
