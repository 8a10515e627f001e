package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.model.BuildResponseItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** One build of an image by the engine. */
record ImageBuild(DockerClient client, ImageFiles files, SandboxImage image) {

  /** Throws docker-java's exception when the engine could not build it. */
  void run(String tag, boolean offline, Consumer<String> progress) {
    Path dockerfile = files.folder().resolve(image.folder()).resolve("Dockerfile");
    BuildImageCmd command =
        client
            .buildImageCmd(new ByteArrayInputStream(context()))
            .withDockerfilePath(name(dockerfile))
            .withTags(Set.of(tag))
            .withRemove(true)
            .withForcerm(true);
    if (offline) {
      command.withBuildArg("BASE_IMAGE", image.offlineBase());
    }
    command.exec(new Steps(progress)).awaitImageId();
  }

  /** Exactly the files the tag is a hash of, a few kilobytes, as an archive. */
  private byte[] context() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Path file : files.of(image)) {
        byte[] content = Files.readAllBytes(file);
        TarArchiveEntry entry = new TarArchiveEntry(name(file));
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the sandbox images cannot be read", e);
    }
    return bytes.toByteArray();
  }

  /** A file's name as its Dockerfile knows it: that of the plain image stands beside its files. */
  private String name(Path file) {
    boolean plain = image == SandboxImage.PYTHON;
    Path root = plain ? files.folder().resolve(image.folder()) : files.folder();
    return root.relativize(file).toString();
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
