package dev.mneme.app;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.PackageImages;
import dev.mneme.sandbox.docker.PreparedImage;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.sandbox.graalpy.TrainWorker;
import dev.mneme.tool.BackendSchemaReader;
import dev.mneme.tool.LibraryRegistry;
import dev.mneme.tool.LibraryToolService;
import dev.mneme.tool.SchemaReader;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The tool library with a sandbox to run it in, and nothing else: it needs no data folder's lock.
 * Closing ends the workers.
 */
public final class ToolBench implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final CodePlaces places;
  private final ToolBackend gate;
  private final ToolHost host;
  private final LibraryRegistry registry;
  private final ToolService service;
  private final SchemaReader reader;
  private final Optional<Library> fixture;

  /** Tools of a folder and what runs them. */
  record Library(LibraryRegistry registry, ToolService service) {}

  private ToolBench(
      CodePlaces places,
      ToolBackend gate,
      ToolHost host,
      LibraryRegistry registry,
      ToolService service,
      SchemaReader reader,
      Optional<Library> fixture) {
    this.fixture = fixture;
    this.places = places;
    this.gate = gate;
    this.host = host;
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
    return open(config, build, cache, Premises.COMMAND, ToolHost.alone(config, build));
  }

  /**
   * As above, for a server.
   *
   * @param host closed with the bench
   */
  static ToolBench open(Config config, Build build, Path cache, Premises premises, ToolHost host) {
    GraalPySandbox graalpy =
        new GraalPySandbox(
            Sandboxes.settings(config.sandbox(), build, cache, config.data()), host.bridge());
    CodePlaces places = places(config.sandbox(), build, premises, graalpy, host.bridge());
    ToolBackend gate = host.gate(places);
    SchemaReader reader = new BackendSchemaReader(places);
    ToolLimits limits = Sandboxes.limits(config.sandbox());
    Path schemas = cache.resolve("schemas");
    Library library = library(build.toolLibrary(), schemas, gate, reader, limits);
    host.scripts().connect(library.service(), library.registry());
    Optional<Library> fixture =
        config.mcp().catalog() == McpConfig.Offer.CONFORMANCE
            ? Optional.of(library(build.conformanceTools(), schemas, gate, reader, limits))
            : Optional.empty();
    return new ToolBench(
        places, gate, host, library.registry(), library.service(), reader, fixture);
  }

  private static Library library(
      Path folder, Path schemas, ToolBackend gate, SchemaReader reader, ToolLimits limits) {
    LibraryRegistry registry = LibraryRegistry.open(folder, schemas, reader, limits, LOOK_EVERY);
    return new Library(registry, new LibraryToolService(registry, gate, reader, limits, limits));
  }

  /** Makes what lets the workers of this build start fast, within the build. */
  public static void trainWorker(Config config, Build build) throws IOException {
    TrainWorker.train(Sandboxes.settings(config.sandbox(), build, build.dist(), config.data()));
  }

  /** Starts the warm workers in the background. */
  void warm() {
    places.warm();
  }

  public ToolRegistry registry() {
    return registry;
  }

  /** The tools that only the conformance suite calls, where they are offered. */
  Optional<Library> fixture() {
    return fixture;
  }

  /** Reads the schema of a source, in the sandbox. */
  SchemaReader reader() {
    return reader;
  }

  public ToolService service() {
    return service;
  }

  /** The way to where the code of tools runs: every call of one goes there. */
  ToolBackend gate() {
    return gate;
  }

  /** What tools have besides. */
  ToolHost host() {
    return host;
  }

  /** Where the code of tools runs. */
  CodePlaces places() {
    return places;
  }

  @Override
  public void close() {
    registry.close();
    fixture.ifPresent(library -> library.registry().close());
    places.close();
    host.close();
  }

  private static CodePlaces places(
      SandboxConfig config,
      Build build,
      Premises premises,
      GraalPySandbox graalpy,
      HostCalls hostCalls) {
    EngineAddress engine = Containers.engine(config.docker(), System.getenv());
    PreparedImage image = Containers.image(config.docker(), engine, build.sandboxImages());
    DockerSandbox docker =
        Containers.sandbox(
            config,
            engine,
            image,
            new PackageImages(engine, config.packages()),
            premises.folder(),
            hostCalls);
    UntrustedPlace place =
        new UntrustedPlace(config.untrusted(), premises.memo(), docker, image, premises.open());
    return new CodePlaces(graalpy, docker, image, place);
  }
}
