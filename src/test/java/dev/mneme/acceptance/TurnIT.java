package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MCP client thinks a turn of an agent, without any key; the Letta client sees the same. */
@Beside
class TurnIT {
  @TempDir private Path folder;

  @Test
  void aTurnOfARealClientIsInTheAgentsMessagesAndBlocks() throws Exception {
    NodePrograms.require(NodePrograms.LETTA);
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"))) {
      assertThat(NodePrograms.script(Path.of("src/test/node/turn.mjs"), server.url().toString()))
          .endsWith("ok\n");
    }
  }
}
