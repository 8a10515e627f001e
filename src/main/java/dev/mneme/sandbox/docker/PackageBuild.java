package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.mneme.sandbox.packages.WheelSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** One build of an image with packages; it has no network, and no code of a package runs. */
record PackageBuild(DockerClient client, String base, List<String> asked, WheelSet wheels) {
  private static final String FOLDER = "packages/";

  /** Without the compiled form, each call would compile what it imports. */
  private static final String DOCKERFILE =
      """
      ARG BASE_IMAGE
      FROM ${BASE_IMAGE}
      COPY packages /opt/packages
      USER 0:0
      RUN ["python3", "-I", "-c", "import compileall; compileall.compile_dir('/opt/packages', quiet=2)"]
      USER 10001:10001
      """;

  /** Throws docker-java's exception when the engine could not build it. */
  void run(String image) throws IOException {
    Path context = Files.createTempFile("mneme-packages-", ".tar");
    try {
      write(context);
      try (InputStream in = Files.newInputStream(context)) {
        client
            .buildImageCmd(in)
            .withTags(Set.of(image))
            .withBuildArg("BASE_IMAGE", base)
            .withNetworkMode("none")
            .withLabels(
                Map.of(
                    PackageImages.ASKED,
                    String.join(", ", asked),
                    PackageImages.WHEELS,
                    String.join(", ", wheels.names())))
            .withRemove(true)
            .withForcerm(true)
            .exec(new BuildImageResultCallback())
            .awaitImageId();
      }
    } finally {
      Files.deleteIfExists(context);
    }
  }

  private void write(Path context) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(context)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      put(tar, "Dockerfile", DOCKERFILE.getBytes(StandardCharsets.UTF_8));
      wheels.unpack((path, content) -> put(tar, FOLDER + path, content));
    }
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    // Always the same, so that the same wheels make the same layer.
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
