package dev.mneme.tool;

import dev.mneme.common.MnemeException;
import dev.mneme.store.Reads;
import dev.mneme.store.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds tools among those that are fixed, which count as the oldest, and those that are rows. It
 * looks through what is short of all, and reads what is long of a page only.
 */
final class ToolSearch {
  private final SequencedMap<String, StoredTool> fixed;

  ToolSearch(SequencedMap<String, StoredTool> fixed) {
    this.fixed = fixed;
  }

  List<StoredTool> list(Scope scope, ToolFilter filter) {
    return scope.read(reads -> {
      List<ToolEntry> all = all(reads);
      int from = filter.after().map(id -> place(all, id) + 1).orElse(0);
      int to = filter.before().map(id -> place(all, id)).orElse(all.size());
      List<ToolEntry> some = all.subList(Math.min(from, to), to);
      return page(
          reads,
          (filter.ascending() ? some : some.reversed())
              .stream().filter(filter::fits).limit(filter.limit()));
    });
  }

  List<StoredTool> search(Scope scope, String text, Set<String> types, int limit) {
    WordMatch match = WordMatch.of(text);
    return scope.read(reads ->
        page(
            reads,
            all(reads).stream()
                .filter(tool -> types.isEmpty() || types.contains(tool.type()))
                .filter(tool -> match.fits(tool.name(), about(tool)))
                .sorted(Comparator.comparingInt(tool -> -match.score(tool.name(), about(tool))))
                .limit(limit)));
  }

  /** Tools that are rows, by their ids. */
  static Map<String, StoredTool> rows(Reads reads, List<String> ids) {
    Map<String, StoredTool> found = new HashMap<>();
    for (String id : ids) {
      ToolRows.find(reads, id).ifPresent(custom -> found.put(id, custom.tool()));
    }
    return found;
  }

  private List<ToolEntry> all(Reads reads) {
    List<ToolEntry> all = new ArrayList<>();
    fixed.values().forEach(tool -> all.add(ToolEntry.of(tool)));
    all.addAll(ToolRows.entries(reads));
    return all;
  }

  private List<StoredTool> page(Reads reads, Stream<ToolEntry> entries) {
    List<StoredTool> page = new ArrayList<>();
    entries.forEach(entry -> {
      StoredTool known = fixed.get(entry.id());
      if (known != null) {
        page.add(known);
      } else {
        ToolRows.find(reads, entry.id()).ifPresent(custom -> page.add(custom.tool()));
      }
    });
    return page;
  }

  private static int place(List<ToolEntry> all, String id) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(id)) {
        return i;
      }
    }
    throw MnemeException.notFound("unknown_tool", "There is no tool " + id + ".");
  }

  private static String about(ToolEntry tool) {
    return tool.description() + " " + String.join(" ", tool.tags());
  }
}
