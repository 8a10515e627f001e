package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/** One build of an image by the engine. */
record ImageBuild(DockerClient client, ImageFiles files, SandboxImage image) {

  /** Throws docker-java's exception when the engine could not build it. */
  void run(String tag, boolean offline, Consumer<String> progress) {
    boolean onlyPython = image == SandboxImage.PYTHON;
    Path folder = files.folder().resolve(image.folder());
    BuildImageCmd command =
        client
            .buildImageCmd()
            .withDockerfile(folder.resolve("Dockerfile").toFile())
            .withBaseDirectory((onlyPython ? folder : files.folder()).toFile())
            .withTags(Set.of(tag))
            .withRemove(true)
            .withForcerm(true);
    if (offline) {
      command.withBuildArg("BASE_IMAGE", image.offlineBase());
    }
    command.exec(new Steps(progress)).awaitImageId();
  }

  /** Passes on what the engine says it is doing. */
  private static final class Steps extends BuildImageResultCallback {
    private final Consumer<String> progress;

    Steps(Consumer<String> progress) {
      this.progress = progress;
    }

    @Override
    public void onNext(BuildResponseItem item) {
      String text = item.getStream();
      if (text != null && text.startsWith("Step ")) {
        progress.accept(text.strip());
      }
      super.onNext(item);
    }
  }
}
