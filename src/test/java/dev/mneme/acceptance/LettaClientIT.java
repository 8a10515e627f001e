package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.launcher.Beside;
import dev.mneme.launcher.NodePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Letta client calls every method of a group and checks what it gets. */
@Beside
class LettaClientIT {
  @TempDir static Path folder;
  private static ServeProcess server;

  @BeforeAll
  static void start() throws IOException {
    NodePrograms.require(NodePrograms.LETTA);
    Path data = folder.resolve("data");
    server = ServeProcess.start(data);
    scripts(data);
  }

  /** Models that answer without a token. */
  private static void scripts(Path data) throws IOException {
    Path models = Files.createDirectories(data.resolve("models"));
    try (Stream<Path> all = Files.list(Path.of("src/test/node/letta/models"))) {
      for (Path script : all.toList()) {
        Files.copy(script, models.resolve(script.getFileName()));
      }
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocks", "archives", "tools", "agents", "models", "messages", "runs"})
  void theClientFindsAllItExpectsIn(String group) throws Exception {
    assertThat(run(group, server.url().toString())).endsWith("ok\n");
  }

  @Test
  void twoOwnersByKeySeeNothingOfEachOther() throws Exception {
    String alice = "alice-0123456789";
    String bob = "bob-0123456789abc";
    Path data = folder.resolve("owners");
    try (ServeProcess keyed =
        ServeProcess.start(Map.of("MNEME_AUTH_KEYS", "alice:" + alice + ",bob:" + bob), data)) {
      scripts(data);
      assertThat(run("owners", keyed.url().toString(), alice, bob)).endsWith("ok\n");
    }
  }

  private static String run(String group, String... arguments) throws Exception {
    return NodePrograms.script(Path.of("src/test/node/letta", group + ".mjs"), arguments);
  }
}
