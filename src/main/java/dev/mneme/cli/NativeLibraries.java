package dev.mneme.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Copies the native libraries of this machine out of their jars, once for a build.
 *
 * <p>Else each start does it again, into the folder for temporary files, and leaves the copies
 * there when it is killed.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Makes {@code sqlite} and {@code onnxruntime} in the folder; each is there whole or not. */
  static int unpack(Path folder) throws IOException {
    copy(
        LibraryLoaderUtil.getNativeLibResourcePath(),
        List.of(LibraryLoaderUtil.getNativeLibName()),
        folder.resolve("sqlite"));
    copy(
        "/ai/onnxruntime/native/" + onnxPlatform(),
        List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni")),
        folder.resolve("onnxruntime"));
    return ExitCode.OK;
  }

  private static void copy(String from, List<String> names, Path to) throws IOException {
    Path parts = to.resolveSibling(to.getFileName() + ".new");
    Files.createDirectories(parts);
    for (String name : names) {
      try (InputStream in = NativeLibraries.class.getResourceAsStream(from + "/" + name)) {
        if (in == null) {
          return;
        }
        Files.copy(in, parts.resolve(name));
      }
    }
    Files.move(parts, to);
  }

  private static String onnxPlatform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    String name = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return name + (processor.equals("aarch64") ? "-aarch64" : "-x64");
  }
}
