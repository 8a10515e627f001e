package dev.mneme.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks a Java process of this machine about itself. */
final class Jcmd {
  private Jcmd() {}

  static String run(long pid, String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd: " + said);
    }
    return said;
  }

  /** How many objects of a class are alive. */
  static long alive(String histogram, String name) {
    return histogram
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(parts -> parts.length >= 4 && parts[0].endsWith(":") && parts[3].equals(name))
        .mapToLong(parts -> Long.parseLong(parts[1]))
        .sum();
  }
}
