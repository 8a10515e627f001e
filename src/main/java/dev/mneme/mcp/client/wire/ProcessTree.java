package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program with all that it started. It has a process group of its own where the system can give
 * it one, and a mark in its environment that everything it starts inherits: what left both the
 * group and its parents is still found by it on Linux.
 */
final class ProcessTree {
  private static final String MARK = "MNEME_MCP_CHILD";

  /** The owner of a data folder, which serves others too, although one of ours came to start it. */
  private static final byte[] OWNER = (MARK + "=owner").getBytes(StandardCharsets.ISO_8859_1);

  private static final Path PROC = Path.of("/proc");
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final long ASK_MILLIS = 1_000;
  private static final long TERM_MILLIS = 2_000;
  private static final int ROUNDS = 10;

  private final Process process;
  private final String mark;
  private final boolean grouped;

  private ProcessTree(Process process, String mark, boolean grouped) {
    this.process = process;
    this.mark = mark;
    this.grouped = grouped;
  }

  /**
   * @param mark of this program alone
   */
  static ProcessTree start(
      List<String> command, Map<String, String> environment, Path folder, String mark)
      throws IOException {
    List<String> line = new ArrayList<>();
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(path -> line.add(path.toString()));
    boolean grouped = !line.isEmpty();
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put(MARK, mark);
    return new ProcessTree(builder.start(), mark, grouped);
  }

  Process process() {
    return process;
  }

  /** Closes its input, then asks it to end, then ends it and all it started. */
  void end() {
    Set<ProcessHandle> known = new LinkedHashSet<>(process.descendants().toList());
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It may have ended.
    }
    if (!ended(ASK_MILLIS)) {
      known.addAll(process.descendants().toList());
      signal("TERM");
      process.destroy();
      ended(TERM_MILLIS);
    }
    if (process.isAlive()) {
      known.addAll(process.descendants().toList());
      signal("KILL");
      process.destroyForcibly();
    }
    known.stream()
        .filter(one -> !hasMark(one.pid(), OWNER))
        .forEach(ProcessHandle::destroyForcibly);
    killMarked();
    ended(ASK_MILLIS);
  }

  private boolean ended(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /** Only while the leader lives, because afterwards the number may be somebody else's. */
  private void signal(String name) {
    if (!grouped || !process.isAlive()) {
      return;
    }
    try {
      new ProcessBuilder(
              "/bin/sh",
              "-c",
              "kill -s \"$1\" -- \"-$2\"",
              "kill",
              name,
              Long.toString(process.pid()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException _) {
      // The other ways remain.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until none is left: what is ended may have started another one just before. */
  private void killMarked() {
    if (!Files.isDirectory(PROC)) {
      return;
    }
    for (int i = 0; i < ROUNDS; i++) {
      List<ProcessHandle> marked = marked();
      if (marked.isEmpty()) {
        return;
      }
      marked.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private List<ProcessHandle> marked() {
    byte[] entry = (MARK + "=" + mark).getBytes(StandardCharsets.ISO_8859_1);
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ProcessHandle::isAlive).filter(one -> hasMark(one.pid(), entry)).toList();
    }
  }

  private static boolean hasMark(long pid, byte[] entry) {
    try {
      String environment =
          new String(
              Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("environ")),
              StandardCharsets.ISO_8859_1);
      String wanted = new String(entry, StandardCharsets.ISO_8859_1);
      return Stream.of(environment.split("\0")).anyMatch(wanted::equals);
    } catch (IOException | SecurityException _) {
      return false;
    }
  }
}
