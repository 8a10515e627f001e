package dev.mneme.model;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Loads ONNX Runtime, with no file of it left behind where the launcher says that it is unpacked.
 *
 * <p>The library makes a folder for temporary files even then, and deletes it only at an orderly
 * exit.
 */
final class OnnxLibrary {
  private OnnxLibrary() {}

  static OrtEnvironment load() throws IOException {
    if (System.getProperty("onnxruntime.native.path") == null) {
      return OrtEnvironment.getEnvironment();
    }
    Set<Path> before = folders();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Set<Path> made = folders();
    made.removeAll(before);
    for (Path folder : made) {
      deleteIfEmpty(folder);
    }
    return environment;
  }

  private static Set<Path> folders() throws IOException {
    Set<Path> folders = new HashSet<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, "onnxruntime-java*")) {
      found.forEach(folders::add);
    }
    return folders;
  }

  private static void deleteIfEmpty(Path folder) {
    try {
      Files.delete(folder);
    } catch (IOException _) {
      // It is another process's, which uses it.
    }
  }
}
