package dev.mneme.sandbox.graalpy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a helper process to its end, with an empty environment. */
final class HelperProcess {
  private static final int SHOWN = 4000;

  private HelperProcess() {}

  static void run(List<String> command, long seconds) throws IOException {
    Path output = Files.createTempFile("mneme-helper-", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().clear();
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
          throw new IOException("it took longer than " + seconds + " s");
        }
        if (process.exitValue() != 0) {
          throw new IOException("exit status " + process.exitValue() + ": " + end(output));
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String end(Path output) throws IOException {
    String text = Files.readString(output).strip();
    return text.substring(Math.max(0, text.length() - SHOWN));
  }
}
