package dev.mneme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Letta client calls every method of a group and checks what it gets. */
class LettaClientIT {
  private static final Path MODULES = Path.of("target/node-tools/node_modules").toAbsolutePath();
  private static final Path NODE = MODULES.resolve("node/bin/node");

  @TempDir static Path folder;
  private static ServeProcess server;

  @BeforeAll
  static void start() throws IOException {
    requireClient();
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

  private static void requireClient() {
    boolean there =
        Files.isExecutable(NODE) && Files.isDirectory(MODULES.resolve("@letta-ai/letta-client"));
    if (!there && "1".equals(System.getenv("MNEME_REQUIRE_ALL"))) {
      throw new AssertionError("The Letta client is missing; ./mneme test provides it");
    }
    assumeTrue(there, "The Letta client is missing; ./mneme test provides it");
  }

  private static String run(String group, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(NODE.toString(), Path.of("src/test/node/letta", group + ".mjs").toString()));
    command.addAll(List.of(arguments));
    File out = folder.resolve(group + ".out").toFile();
    File err = folder.resolve(group + ".err").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err).redirectOutput(out);
    builder.environment().put("NODE_MODULES", MODULES.toString());
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String said = Files.readString(out.toPath());
    assertThat(process.waitFor()).as(said + Files.readString(err.toPath())).isZero();
    return said;
  }
}
