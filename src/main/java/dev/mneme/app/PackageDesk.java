package dev.mneme.app;

import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.PackageImages;
import dev.mneme.sandbox.docker.PackageImages.Built;
import dev.mneme.sandbox.docker.PackageSettings;
import dev.mneme.sandbox.docker.PreparedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the operator does with sets of packages; a server may go on running. */
public final class PackageDesk implements AutoCloseable {
  /** Somebody sits and watches. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final PackageImages packages;
  private final PreparedImage image;
  private final DockerSandbox sandbox;

  private PackageDesk(PackageImages packages, PreparedImage image, DockerSandbox sandbox) {
    this.packages = packages;
    this.image = image;
    this.sandbox = sandbox;
  }

  /**
   * @param wheels another folder than the configuration names
   */
  public static PackageDesk open(Config config, Build build, Optional<Path> wheels) {
    SandboxConfig settings = config.sandbox();
    EngineAddress engine = Containers.engine(settings.docker(), System.getenv());
    PreparedImage image = Containers.image(settings.docker(), engine, build.sandboxImages());
    // Who types the command allows it.
    PackageImages packages =
        new PackageImages(
            engine,
            new PackageSettings(
                PackageSettings.Allow.AUTO,
                wheels.or(() -> settings.packages().wheels()),
                settings.packages().sets(),
                settings.packages().bytes()),
            PATIENCE);
    DockerSandbox sandbox =
        Containers.sandbox(
            settings, engine, image, packages, Premises.COMMAND.folder(), HostCalls.DENIED);
    return new PackageDesk(packages, image, sandbox);
  }

  /**
   * The image with these packages, built unless it is there.
   *
   * @param asked requirements, such as {@code tabulate>=0.9}
   */
  public String build(List<String> asked) throws IOException {
    image.await();
    return sandbox.prepare(asked);
  }

  public List<Built> list() throws IOException {
    return packages.list();
  }

  public void remove(String set) throws IOException {
    packages.remove(set);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
