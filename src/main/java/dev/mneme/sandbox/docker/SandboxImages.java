package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.sandbox.docker.wire.Images;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds the images tools run in, and builds those that are not there. Thread-safe: of several calls
 * of {@link #ensure} one builds. Looking is the usual case and needs no client of a library.
 */
public final class SandboxImages {
  private final ImageFiles files;
  private final EngineAddress engine;

  public SandboxImages(ImageFiles files, EngineAddress engine) {
    this.files = files;
    this.engine = engine;
  }

  /** The name of the image plain tools run in. */
  public String tag() {
    return files.tag(SandboxImage.PYTHON);
  }

  public String tag(SandboxImage image) {
    return files.tag(image);
  }

  /** Whether the engine has the image of just these files. */
  public boolean isThere(SandboxImage image) {
    return has(tag(image));
  }

  /**
   * The image's name once the engine has it; builds it if need be, which takes a second, or minutes
   * where its base has to be pulled first.
   *
   * <p>Fails with {@code unavailable}: no engine, or no base to build on; the message says how to
   * mend it.
   */
  public synchronized String ensure(SandboxImage image, Consumer<String> progress) {
    String tag = tag(image);
    if (!has(tag)) {
      build(image, tag, progress);
    }
    return tag;
  }

  private void build(SandboxImage image, String tag, Consumer<String> progress) {
    boolean offline = has(image.offlineBase());
    progress.accept(
        "building "
            + tag
            + (offline ? " on " + image.offlineBase() : " on its base from the registry"));
    try (DockerClient client = DockerClients.open(engine)) {
      new ImageBuild(client, files, image).run(tag, offline, progress);
    } catch (DockerException | DockerClientException | IOException e) {
      String why = String.valueOf(e.getMessage()).strip();
      throw MnemeException.unavailable(
          "sandbox_image_missing",
          "The image "
              + tag
              + " could not be built: "
              + why
              + (offline
                  ? ""
                  : ". Without a registry, make its base first, as root: " + image.offlineCommand())
              + ". Then: "
              + image.buildCommand());
    }
    progress.accept("built " + tag);
  }

  private boolean has(String name) {
    try (EngineHttp http = new EngineHttp(engine.endpoint())) {
      return new Images(http).has(name);
    } catch (EngineException e) {
      throw new MnemeException(
          ErrorKind.UNAVAILABLE,
          "engine_unavailable",
          "The container engine does not answer: "
              + e.getMessage()
              + ". Start it, or name another one with DOCKER_HOST.",
          Map.of(),
          e);
    }
  }
}
