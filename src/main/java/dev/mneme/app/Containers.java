package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.Sticky;
import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.DockerSettings;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.ImageFiles;
import dev.mneme.sandbox.docker.ImageSource;
import dev.mneme.sandbox.docker.PackageSource;
import dev.mneme.sandbox.docker.PreparedImage;
import dev.mneme.sandbox.docker.SandboxImage;
import dev.mneme.sandbox.docker.SandboxImages;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Consumer;

/** What the configuration means for containers. Making these objects asks the engine nothing. */
final class Containers {
  private Containers() {}

  static EngineAddress engine(DockerConfig config, Map<String, String> environment) {
    try {
      return EngineAddress.find(config.host(), environment);
    } catch (IllegalArgumentException e) {
      throw MnemeException.invalid("invalid_engine_host", "sandbox.docker.host: " + e.getMessage());
    }
  }

  /**
   * @param images the folder {@code sandbox-images}
   */
  static PreparedImage image(DockerConfig config, EngineAddress engine, Path images) {
    return new PreparedImage(progress -> make(config.image(), engine, images, progress));
  }

  /**
   * @param folder id of the data folder
   */
  static DockerSandbox sandbox(
      SandboxConfig sandbox,
      EngineAddress engine,
      ImageSource image,
      PackageSource packages,
      String folder,
      HostCalls hostCalls) {
    DockerConfig config = sandbox.docker();
    DockerSettings settings =
        new DockerSettings(
            config.runtime(), config.memory(), config.cpus(), config.pids(), config.tmp(), folder);
    // The kernel holds a container to its memory; nothing has to be killed from outside for it.
    PoolSettings sizes =
        PoolSettings.of(
                config.max(), config.spares(), sandbox.queue(), config.memory(), Long.MAX_VALUE)
            .sticky(new Sticky(config.calls(), config.age()), 0, config.spares(), config.idle())
            .withSessions(Sandboxes.sessions(sandbox));
    return new DockerSandbox(
        engine.endpoint(), settings, sizes, image, packages, hostCalls, new SecureRandom());
  }

  private static ImageSource.Image make(
      SandboxImage image, EngineAddress engine, Path images, Consumer<String> progress) {
    ImageFiles files = new ImageFiles(images);
    String tag = new SandboxImages(files, engine).ensure(image, progress);
    return new ImageSource.Image(tag, files.seccompProfile());
  }
}
