package dev.mneme.tool;

import dev.mneme.tool.LibraryFolder.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of each file of a library, and what is still to be derived. Used by one thread. */
final class LibraryFiles {
  private static final Logger log = LoggerFactory.getLogger(LibraryFiles.class);

  private final LibraryFolder folder;
  private final SchemaCache cache;
  private final SchemaReader reader;
  private final ToolAssembler assembler;
  private final HeaderReader headers = new HeaderReader();
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private final Map<String, Stamp> unsettled = new HashMap<>();
  private int pauses;

  LibraryFiles(
      LibraryFolder folder, SchemaCache cache, SchemaReader reader, ToolAssembler assembler) {
    this.folder = folder;
    this.cache = cache;
    this.reader = reader;
    this.assembler = assembler;
  }

  /**
   * @param pending the text whose schema is not known yet
   */
  private record Entry(Stamp stamp, Optional<String> pending, ToolFile file) {}

  /**
   * Takes over what the folder holds now. A changed file is taken when it looks the same twice, so
   * that one being written is not read half.
   *
   * @return whether anything is different
   */
  boolean update(SortedMap<String, Stamp> stamps, boolean first) {
    boolean changed = entries.keySet().retainAll(stamps.keySet());
    unsettled.keySet().retainAll(stamps.keySet());
    for (Map.Entry<String, Stamp> found : stamps.entrySet()) {
      String name = found.getKey();
      Entry known = entries.get(name);
      if (known != null && known.stamp().equals(found.getValue())) {
        unsettled.remove(name);
      } else if (first || found.getValue().equals(unsettled.get(name))) {
        unsettled.remove(name);
        entries.put(
            name,
            take(name, found.getValue(), known == null ? Optional.empty() : known.file().tool()));
        pauses = 0;
        changed = true;
      } else {
        unsettled.put(name, found.getValue());
      }
    }
    return changed;
  }

  /**
   * Derives the schema of one file that waits for it; this waits for a worker.
   *
   * @return whether there was one and its state is new
   */
  boolean deriveNext() {
    if (pauses > 0) {
      pauses--;
      return false;
    }
    for (Map.Entry<String, Entry> waiting : entries.entrySet()) {
      Optional<String> source = waiting.getValue().pending();
      if (source.isPresent()) {
        return derive(waiting.getKey(), waiting.getValue(), source.get());
      }
    }
    return false;
  }

  /** All files in the order of their names; of two with one tool name, the first has it. */
  List<ToolFile> present() {
    Map<String, String> fileOf = new HashMap<>();
    List<ToolFile> files = new ArrayList<>();
    for (Entry entry : entries.values()) {
      ToolFile file = entry.file();
      String tool = file.tool().map(LibraryTool::name).orElse("");
      String earlier = tool.isEmpty() ? null : fileOf.putIfAbsent(tool, file.fileName());
      files.add(
          earlier == null
              ? file
              : broken(
                  file.fileName(),
                  Optional.empty(),
                  ToolProblem.of(
                      file.fileName(),
                      1,
                      "`" + tool + "` is the tool of " + earlier + " already",
                      "rename the function")));
    }
    return files;
  }

  private Entry take(String name, Stamp stamp, Optional<LibraryTool> lastGood) {
    String source;
    try {
      source = folder.read(name);
    } catch (LibraryFolder.Refusal refusal) {
      return new Entry(stamp, Optional.empty(), broken(name, lastGood, refusal.problem(name)));
    }
    Optional<SchemaCache.Known> known = cache.find(name, ToolCode.of(name, source, Trust.TRUSTED));
    if (known.isPresent()) {
      SchemaReading reading = new SchemaReading.Found(known.get().schema());
      ToolCheck check = assembler.assemble(name, source, reading, known.get().header());
      return new Entry(stamp, Optional.empty(), checked(name, check, lastGood));
    }
    return new Entry(
        stamp,
        Optional.of(source),
        new ToolFile(name, ToolFile.State.READING, lastGood, List.of()));
  }

  private boolean derive(String name, Entry entry, String source) {
    try {
      SchemaReading reading = reader.read(name, source);
      if (reading instanceof SchemaReading.Found(ToolSchema schema)) {
        cache.keep(
            name,
            ToolCode.of(name, source, Trust.TRUSTED),
            new SchemaCache.Known(schema, headers.tree(name, source)));
      }
      ToolFile file = checked(name, assembler.assemble(name, source, reading), entry.file().tool());
      entries.put(name, new Entry(entry.stamp(), Optional.empty(), file));
      return true;
    } catch (RuntimeException e) {
      pauses = 10;
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
      log.warn("The schema of {} could not be read, trying again later: {}", name, e.getMessage());
      return false;
    }
  }

  private static ToolFile checked(String name, ToolCheck check, Optional<LibraryTool> lastGood) {
    ToolFile.State state = check.tool().isPresent() ? ToolFile.State.READY : ToolFile.State.BROKEN;
    check.problems().forEach(problem -> log.warn("Tool file {}", problem.text()));
    return new ToolFile(name, state, check.tool().or(() -> lastGood), check.problems());
  }

  private static ToolFile broken(String name, Optional<LibraryTool> lastGood, ToolProblem problem) {
    return new ToolFile(name, ToolFile.State.BROKEN, lastGood, List.of(problem));
  }
}
