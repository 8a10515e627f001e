package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.PoolSettings;
import dev.mneme.sandbox.Sticky;
import dev.mneme.sandbox.docker.wire.Endpoint;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A sandbox on the engine of this machine, for tests. */
final class TestingDocker {
  private static final long MEMORY = 256L << 20;
  private static final EngineAddress ADDRESS =
      EngineAddress.find(Optional.empty(), System.getenv());

  /** One that the engine knows, to try it with the suites of containers. */
  private static final Optional<String> RUNTIME =
      Optional.ofNullable(System.getenv("MNEME_TEST_RUNTIME"));

  static final Endpoint ENGINE = ADDRESS.endpoint();
  private static final PreparedImage IMAGE = new PreparedImage(TestingDocker::make);

  private TestingDocker() {}

  static DockerSandbox sandbox(PoolSettings sizes, HostCalls hostCalls) {
    return new DockerSandbox(ENGINE, settings(), sizes, images(), hostCalls, new SecureRandom());
  }

  static DockerSandbox sandbox(String folder, HostCalls hostCalls) {
    return new DockerSandbox(
        ENGINE, settings(folder), sizes(4, 2), images(), hostCalls, new SecureRandom());
  }

  static Marks marks(String folder) {
    return Marks.own(folder, new SecureRandom());
  }

  static DockerSettings settings() {
    return settings("folder-testing");
  }

  static DockerSettings settings(String folder) {
    return new DockerSettings(RUNTIME, MEMORY, 1, 64, 64L << 20, folder);
  }

  static PoolSettings sizes(int max, int spares) {
    return PoolSettings.of(max, spares, 100, MEMORY, 1L << 40)
        .sticky(new Sticky(500, Duration.ofMinutes(20)), 1, spares, Duration.ofMinutes(5));
  }

  /** The image of the files of this checkout, built when it is not there. */
  static ImageSource images() {
    return IMAGE;
  }

  static DockerClient client() {
    return DockerClients.open(ADDRESS);
  }

  private static ImageSource.Image make(Consumer<String> progress) {
    ImageFiles files = new ImageFiles(Path.of("sandbox-images"));
    String tag = new SandboxImages(files, ADDRESS).ensure(SandboxImage.PYTHON, progress);
    return new ImageSource.Image(tag, files.seccompProfile());
  }
}
