package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.WorkerConnection;
import dev.mneme.sandbox.WorkerFactory;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.tool.Trust;
import java.io.IOException;

/** Starts workers that are hardened containers. Thread-safe. */
final class DockerWorkers implements WorkerFactory {
  /** A status no process has: the kernel took its memory away. */
  static final int OUT_OF_MEMORY = 1_000;

  private static final int NOT_FOUND = 404;

  private final Yard yard;
  private final Marks marks;
  private final DockerSettings settings;
  private final ImageSource images;
  private final PackageSource packages;

  DockerWorkers(
      Yard yard, Marks marks, DockerSettings settings, ImageSource images, PackageSource packages) {
    this.yard = yard;
    this.marks = marks;
    this.settings = settings;
    this.images = images;
    this.packages = packages;
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Exit meaning(int exitCode) {
    return exitCode == OUT_OF_MEMORY ? Exit.OUT_OF_MEMORY : Exit.CRASHED;
  }

  @Override
  public WorkerConnection start(Trust trust) throws IOException {
    return start(trust, "");
  }

  @Override
  public WorkerConnection start(Trust trust, String other) throws IOException {
    ImageSource.Image usual = images.image();
    String image = other.isEmpty() ? usual.tag() : other;
    try {
      return yard.start(ContainerSpec.of(settings, image, usual.seccomp(), marks.labels()));
    } catch (EngineException e) {
      if (e.status() == NOT_FOUND) {
        images.gone();
        packages.gone(image);
      }
      throw e;
    }
  }
}
