package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MCP client thinks a turn of an agent, without any key; REST shows the same. */
class TurnIT {
  private static final Path MODULES = Path.of("target/node-tools/node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");

  @TempDir private Path folder;

  @Test
  void aTurnOfARealClientIsInTheAgentsMessagesAndBlocks() throws Exception {
    boolean there = Files.isExecutable(NODE);
    assertThat(there || !"1".equals(System.getenv("MNEME_REQUIRE_ALL")))
        .as("The MCP client is missing; ./mneme test provides it")
        .isTrue();
    assumeTrue(there, "The MCP client is missing; ./mneme test provides it");
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"))) {
      File out = folder.resolve("out").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(
                  List.of(NODE.toString(), "src/test/node/turn.mjs", server.url().toString()))
              .redirectErrorStream(true)
              .redirectOutput(out);
      builder.environment().put("NODE_MODULES", MODULES.toString());
      Process process = builder.start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      String said = Files.readString(out.toPath());
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).endsWith("ok\n");
    }
  }
}
