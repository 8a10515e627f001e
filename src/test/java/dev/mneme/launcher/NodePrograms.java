package dev.mneme.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of Node's world that {@code mneme test} provides, run to their end. */
public final class NodePrograms {
  /** Where npm's packages are. */
  public static final Path MODULES = Path.of("target/node-tools/node_modules").toAbsolutePath();

  public static final Path NODE = MODULES.resolve("node/bin/node");

  /** The package of the official Letta client. */
  public static final String LETTA = "@letta-ai/letta-client";

  private NodePrograms() {}

  /**
   * Leaves the test out where Node or one of the packages is missing; a failure where the suite has
   * to be whole.
   */
  public static void require(String... packages) {
    List<Path> missing = new ArrayList<>();
    if (!Files.isExecutable(NODE)) {
      missing.add(NODE);
    }
    for (String name : packages) {
      if (!Files.exists(MODULES.resolve(name))) {
        missing.add(MODULES.resolve(name));
      }
    }
    String text = "./mneme test provides what is missing: " + missing;
    assertThat(missing.isEmpty() || !"1".equals(System.getenv("MNEME_REQUIRE_ALL")))
        .as(text)
        .isTrue();
    assumeTrue(missing.isEmpty(), text);
  }

  /** Runs a script with Node; what it said on stdout. It has to end well. */
  public static String script(Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(NODE.toString(), script.toString()));
    command.addAll(List.of(arguments));
    return run(Path.of(""), Map.of(), command);
  }

  /**
   * Runs a command with Node on its path; what it said on stdout. It has to end well.
   *
   * @param folder where it runs
   */
  public static String run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("mneme-it", ".out");
    Path err = Files.createTempFile("mneme-it", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectError(err.toFile())
              .redirectOutput(out.toFile());
      builder.environment().put("NODE_MODULES", MODULES.toString());
      builder.environment().merge("PATH", "", (old, _) -> NODE.getParent() + ":" + old);
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(out);
      assertThat(ended ? process.exitValue() : -1).as(said + Files.readString(err)).isZero();
      return said;
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
