package dev.mneme.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's process holds.
 *
 * @param live megabytes of its heap that are in use right after a collection
 * @param resident megabytes of the process
 */
record ServerMemory(long live, long resident) {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  static ServerMemory of(long pid) throws IOException, InterruptedException {
    Jcmd.run(pid, "GC.run");
    long kilobytes =
        Jcmd.run(pid, "GC.heap_info")
            .lines()
            .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
            .mapToLong(line -> first(USED, line))
            .sum();
    String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    return new ServerMemory(
        kilobytes >> 10, first(Pattern.compile("VmRSS:\\s+(\\d+)"), status) >> 10);
  }

  private static long first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
