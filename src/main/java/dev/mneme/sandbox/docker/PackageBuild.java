package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.packages.WheelSet;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

  /**
   * Throws docker-java's exception when the engine could not build it.
   *
   * @param room how many bytes the packages may have
   */
  void run(String image, long room) throws IOException {
    Path context = Files.createTempFile("mneme-packages-", ".tar");
    try {
      long bytes = write(context);
      if (bytes > room) {
        throw MnemeException.limit(
            "packages_too_large",
            "The packages have "
                + bytes
                + " bytes and the sets that are there leave room for "
                + room
                + "; the operator can remove some: mneme sandbox packages remove.");
      }
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
                    String.join(", ", wheels.names()),
                    PackageImages.BYTES,
                    Long.toString(bytes)))
            .withRemove(true)
            .withForcerm(true)
            .exec(new BuildImageResultCallback())
            .awaitImageId();
      }
    } finally {
      Files.deleteIfExists(context);
    }
  }

  private long write(Path context) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(context)))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      byte[] dockerfile = DOCKERFILE.getBytes(StandardCharsets.UTF_8);
      try (OutputStream out = begin(tar, "Dockerfile", dockerfile.length)) {
        out.write(dockerfile);
      }
      return wheels.unpack((path, size) -> begin(tar, FOLDER + path, size));
    }
  }

  private static OutputStream begin(TarArchiveOutputStream tar, String name, long size)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    // Always the same, so that the same wheels make the same layer.
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    return new EntryOutput(tar);
  }

  /** The content of one entry; closing it ends the entry only. */
  private static final class EntryOutput extends FilterOutputStream {
    private final TarArchiveOutputStream tar;

    EntryOutput(TarArchiveOutputStream tar) {
      super(tar);
      this.tar = tar;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      tar.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      tar.closeArchiveEntry();
    }
  }
}
