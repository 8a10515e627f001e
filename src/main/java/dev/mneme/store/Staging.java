package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A private folder for unfinished work, on the disk where the result goes; closing removes it. */
record Staging(Path path) implements AutoCloseable {
  /** Beside the target, whose folder must exist. */
  static Staging beside(Path target) throws IOException {
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw MnemeException.notFound(
          "no_such_folder", "The folder of " + target + " does not exist.");
    }
    // Made with 0700, as the documentation of the method promises.
    return new Staging(Files.createTempDirectory(folder, ".mneme-"));
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  static MnemeException failed(String what, IOException cause) {
    String reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : String.valueOf(cause.getMessage());
    return MnemeException.unavailable("file_failure", what + ": " + reason + ".");
  }
}
