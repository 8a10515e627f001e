package dev.mneme.sandbox.graalpy.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The files that go in with a call and come out with its result. For the thread that runs calls.
 */
final class Attachments {
  private static final int MAX_FILES = 16;
  private static final int MAX_BYTES = 1_500_000;
  private static final int MAX_TOTAL = 6_000_000;

  private Attachments() {}

  /** A file that comes out. */
  record Outgoing(String name, String base64) {}

  /**
   * What comes out, and what does not.
   *
   * @param notes why something does not come back
   */
  record Collected(List<Outgoing> files, List<String> notes) {}

  /**
   * @param lines for each file its content in base64, a space, its name
   */
  static void place(String lines, MemoryTree tree) throws IOException {
    for (String line : lines.lines().toList()) {
      int space = line.indexOf(' ');
      byte[] content = Base64.getDecoder().decode(line.substring(0, space));
      tree.put("/in/" + line.substring(space + 1), content);
    }
  }

  static Collected collect(MemoryTree tree) {
    List<Outgoing> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    int total = 0;
    for (Map.Entry<String, MemoryFile> entry : tree.files("/out").entrySet()) {
      String name = entry.getKey();
      MemoryFile file = entry.getValue();
      if (notes.size() == MAX_FILES) {
        break;
      }
      if (file.size() > MAX_BYTES) {
        notes.add(name + " is larger than " + MAX_BYTES + " bytes");
      } else if (files.size() == MAX_FILES) {
        notes.add("only " + MAX_FILES + " files come back");
        break;
      } else if (total + file.size() > MAX_TOTAL) {
        notes.add(name + " would make it more than " + MAX_TOTAL + " bytes in all");
      } else {
        total += file.size();
        files.add(new Outgoing(name, Base64.getEncoder().encodeToString(file.content())));
      }
    }
    return new Collected(files, notes);
  }
}
