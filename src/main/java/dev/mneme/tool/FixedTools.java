package dev.mneme.tool;

import dev.mneme.common.Owner;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tools that are no rows: the built-in ones, those of the library and those of other servers.
 * Made once for an owner and a state of the library and the servers. Thread-safe.
 */
final class FixedTools {
  private static final int MAX_OWNERS = 100;

  private record Known(
      long library,
      long outside,
      SequencedMap<String, StoredTool> byId,
      Map<String, StoredTool> byName) {}

  private final Map<Owner, Known> known = new ConcurrentHashMap<>();
  private final ToolRegistry library;
  private final BuiltIns builtIns;
  private final OutsideTools outside;

  FixedTools(ToolRegistry library, BuiltIns builtIns, OutsideTools outside) {
    this.library = library;
    this.builtIns = builtIns;
    this.outside = outside;
  }

  /** In the order they are listed. */
  SequencedMap<String, StoredTool> byId(Owner owner) {
    return known(owner).byId();
  }

  Map<String, StoredTool> byName(Owner owner) {
    return known(owner).byName();
  }

  private Known known(Owner owner) {
    ToolCatalog catalog = library.catalog();
    Known present = known.get(owner);
    long outsideVersion = outside.version();
    if (present != null
        && present.library() == catalog.version()
        && present.outside() == outsideVersion) {
      return present;
    }
    SequencedMap<String, StoredTool> byId = new LinkedHashMap<>();
    builtIns.all(owner).forEach(tool -> byId.put(tool.id(), tool));
    for (LibraryTool one : catalog.tools()) {
      StoredTool tool = BuiltIns.library(owner, one);
      byId.put(tool.id(), tool);
    }
    outside.tools(owner).forEach(tool -> byId.put(tool.id(), tool));
    Map<String, StoredTool> byName = new HashMap<>();
    byId.values().forEach(tool -> byName.putIfAbsent(tool.name(), tool));
    Known made =
        new Known(
            catalog.version(),
            outsideVersion,
            Collections.unmodifiableSequencedMap(byId),
            Map.copyOf(byName));
    if (known.size() >= MAX_OWNERS) {
      known.clear();
    }
    known.put(owner, made);
    return made;
  }
}
