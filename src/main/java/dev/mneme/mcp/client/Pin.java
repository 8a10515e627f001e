package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of one tool.
 *
 * @param tool its name at the server
 * @param pinned as it was at first use, or as it was approved; of one that is held back what is
 *     shown instead
 * @param seen as the server described it last
 * @param present whether the server had it when it was asked last
 */
public record Pin(String tool, Definition pinned, Definition seen, boolean present) {
  public boolean changed() {
    return !pinned.sha256().equals(seen.sha256());
  }

  /** What changed, part by part, as lines that begin with {@code -} and {@code +}. */
  public List<String> difference() {
    Set<String> parts = new TreeSet<>();
    pinned.json().fieldNames().forEachRemaining(parts::add);
    seen.json().fieldNames().forEachRemaining(parts::add);
    List<String> lines = new ArrayList<>();
    for (String part : parts) {
      JsonNode before = pinned.json().path(part);
      JsonNode after = seen.json().path(part);
      if (!before.equals(after)) {
        lines.add(part + ":");
        lines.addAll(shown("  - ", before));
        lines.addAll(shown("  + ", after));
      }
    }
    return lines;
  }

  /** Nothing a server wrote may move the cursor of whoever reads this. */
  private static List<String> shown(String mark, JsonNode value) {
    if (value.isMissingNode()) {
      return List.of();
    }
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.lines().map(line -> mark + line.replaceAll("\\p{Cntrl}", "?")).toList();
  }
}
