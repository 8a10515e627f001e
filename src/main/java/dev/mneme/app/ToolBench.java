package dev.mneme.app;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.sandbox.graalpy.TrainWorker;
import dev.mneme.tool.BackendSchemaReader;
import dev.mneme.tool.LibraryRegistry;
import dev.mneme.tool.LibraryToolService;
import dev.mneme.tool.SchemaReader;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The tool library with a sandbox to run it in, and nothing else: it needs no data folder's lock.
 * Closing ends the workers.
 */
public final class ToolBench implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final GraalPySandbox sandbox;
  private final LibraryRegistry registry;
  private final ToolService service;
  private final SchemaReader reader;

  private ToolBench(
      GraalPySandbox sandbox, LibraryRegistry registry, ToolService service, SchemaReader reader) {
    this.sandbox = sandbox;
    this.registry = registry;
    this.service = service;
    this.reader = reader;
  }

  /**
   * Opens the library; workers start with the first call.
   *
   * @param cache a private folder for what can be made again
   */
  public static ToolBench open(Config config, Build build, Path cache) {
    GraalPySandbox sandbox =
        new GraalPySandbox(
            Sandboxes.settings(config.sandbox(), build, cache, config.data()), HostCalls.DENIED);
    SchemaReader reader = new BackendSchemaReader(sandbox);
    ToolLimits limits = Sandboxes.limits(config.sandbox());
    LibraryRegistry registry =
        LibraryRegistry.open(
            build.toolLibrary(), cache.resolve("schemas"), reader, limits, LOOK_EVERY);
    ToolService service = new LibraryToolService(registry, sandbox, reader, limits, limits);
    return new ToolBench(sandbox, registry, service, reader);
  }

  /** Makes what lets the workers of this build start fast, within the build. */
  public static void trainWorker(Config config, Build build) throws IOException {
    TrainWorker.train(Sandboxes.settings(config.sandbox(), build, build.dist(), config.data()));
  }

  /** Starts the warm workers in the background. */
  void warm() {
    sandbox.warm();
  }

  public ToolRegistry registry() {
    return registry;
  }

  /** Reads the schema of a source, in the sandbox. */
  SchemaReader reader() {
    return reader;
  }

  public ToolService service() {
    return service;
  }

  public GraalPySandbox sandbox() {
    return sandbox;
  }

  @Override
  public void close() {
    registry.close();
    sandbox.close();
  }
}
