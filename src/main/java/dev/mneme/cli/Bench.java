package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.Logging;
import dev.mneme.app.ToolBench;
import dev.mneme.common.MnemeException;
import dev.mneme.secret.SecretMask;
import dev.mneme.tool.ToolCatalog;
import dev.mneme.tool.ToolFile;
import dev.mneme.tool.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A tool bench of a command's own, with a folder of its own that goes with it. */
final class Bench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final ToolBench tools;
  private final Path cache;

  private Bench(ToolBench tools, Path cache) {
    this.tools = tools;
    this.cache = cache;
  }

  static Bench open(Config config) {
    Logging.setUp(config.log(), SecretMask.of(config.report().secrets()));
    try {
      Path cache = Files.createTempDirectory("mneme-tools");
      return new Bench(ToolBench.open(config, Build.current(), cache), cache);
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "no_scratch", "A temporary folder could not be made: " + e.getMessage());
    }
  }

  /** The catalog once no schema is being read any more, or after a minute. */
  ToolCatalog settledCatalog() {
    ToolRegistry registry = tools.registry();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!isSettled(registry.catalog()) && System.nanoTime() < end) {
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!isSettled(registry.catalog())) {
      System.err.println("mneme: some tools could not be read yet");
    }
    return registry.catalog();
  }

  private static boolean isSettled(ToolCatalog catalog) {
    return catalog.files().stream().noneMatch(file -> file.state() == ToolFile.State.READING);
  }

  ToolBench tools() {
    return tools;
  }

  @Override
  public void close() {
    tools.close();
    try (Stream<Path> below = Files.walk(cache)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException _) {
      // It is in the system's temporary folder.
    }
  }
}
