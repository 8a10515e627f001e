package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an agent's memory in a real DOM, whose buttons are pressed. */
@Beside
class MemoryAppIT {
  @TempDir private Path folder;

  @Test
  void itsButtonsUndoRedoAndEdit() throws Exception {
    NodePrograms.require("jsdom", "@modelcontextprotocol/sdk");
    try (ServeProcess server = ServeProcess.start(folder.resolve("data"))) {
      assertThat(NodePrograms.script(Path.of("src/test/node/app.mjs"), server.url().toString()))
          .endsWith("ok\n");
    }
  }
}
