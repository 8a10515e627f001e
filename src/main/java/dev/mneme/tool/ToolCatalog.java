package dev.mneme.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The library at one moment; immutable. Tools are ordered by name, files by file name.
 *
 * @param version counts up with every change of a tool or a file's state
 */
public record ToolCatalog(long version, List<ToolFile> files, Map<String, LibraryTool> byName) {
  /** A library with nothing in it. */
  public static final ToolCatalog EMPTY = of(0, List.of());

  static ToolCatalog of(long version, List<ToolFile> files) {
    SequencedMap<String, LibraryTool> byName = new LinkedHashMap<>();
    files.stream()
        .flatMap(file -> file.tool().stream())
        .sorted((left, right) -> left.name().compareTo(right.name()))
        .forEach(tool -> byName.put(tool.name(), tool));
    return new ToolCatalog(version, List.copyOf(files), Collections.unmodifiableMap(byName));
  }

  /** In the order of their names. */
  public List<LibraryTool> tools() {
    return List.copyOf(byName.values());
  }

  public Optional<LibraryTool> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
