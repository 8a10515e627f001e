package dev.mneme.sandbox.graalpy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends what bubblewrap leaves behind when it is killed while it starts.
 *
 * <p>Its inner process waits for the outer one to map its users, and asks to die with it only after
 * that. Killed in between, the outer one takes nobody along, and the inner one waits for ever. It
 * cannot be found as a child any more, but by the worker's folder, which is in its command line and
 * in no other's.
 */
final class Strays {
  private static final Path PROCESSES = Path.of("/proc");
  private static final long END_MILLIS = 1_000;

  private Strays() {}

  /**
   * To be called when the outermost process was killed; waits for its end.
   *
   * @param work the worker's own folder
   */
  static void end(Process killed, Path work) {
    try {
      // While it lives it could still make the inner one.
      boolean _ = killed.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[1-9]*")) {
      for (Path process : all) {
        if (commandLine(process).contains('\0' + work.toString() + '\0')) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Not Linux, or nothing is shown of other processes: there is no bubblewrap either.
      return;
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }
}
