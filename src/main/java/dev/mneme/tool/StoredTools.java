package dev.mneme.tool;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * All tools agents can have: those that came as source, the built-in ones, those of the library and
 * those of other servers. Only the first are rows and can be changed. Making and changing one reads
 * its source in a sandbox, before any transaction. Thread-safe.
 */
public final class StoredTools {
  /** The type of tools that came as source, and of the library's. */
  public static final String CUSTOM = "custom";

  /** The tag of the library's tools. */
  public static final String LIBRARY_TAG = "library";

  static final int RETURN_LIMIT = 50_000;
  private static final int MAX_RETURN_LIMIT = 1_000_000;
  private static final int MAX_TOOLS = 5_000;

  private final Database database;
  private final ToolSource sources;
  private final ToolRegistry library;
  private final BuiltIns builtIns;
  private final FixedTools fixed;
  private final ToolRemoval removal;
  private final Ids ids;
  private final InstantSource clock;

  public StoredTools(
      Database database,
      SchemaReader reader,
      ToolLimits limits,
      ToolRegistry library,
      BuiltIns builtIns,
      OutsideTools outside,
      ToolRemoval removal,
      Ids ids,
      InstantSource clock) {
    this.database = database;
    this.sources = new ToolSource(reader, limits);
    this.library = library;
    this.builtIns = builtIns;
    this.fixed = new FixedTools(library, builtIns, outside);
    this.removal = removal;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a tool of its source.
   *
   * @throws MnemeException {@code invalid_tool_source} with lines and what to write instead, {@code
   *     invalid_tool_name}, {@code reserved_tool_name}, {@code tool_name_in_use}
   */
  public StoredTool create(Owner owner, ToolDraft draft) {
    CustomTool tool = make(draft, ids.next("tool"), Timestamps.stored(clock.instant()));
    return database
        .scope(owner)
        .write(tx -> {
          ToolRows.findByName(tx, tool.tool().name())
              .ifPresent(present -> {
                throw inUse(present.tool());
              });
          return put(tx, tool);
        });
  }

  /** Makes a tool, or replaces the one of the same name, which keeps its id. */
  public StoredTool upsert(Owner owner, ToolDraft draft) {
    CustomTool tool = make(draft, ids.next("tool"), Timestamps.stored(clock.instant()));
    return database
        .scope(owner)
        .write(tx ->
            put(
                tx,
                ToolRows.findByName(tx, tool.tool().name())
                    .map(present -> inPlaceOf(present.tool(), tool))
                    .orElse(tool)));
  }

  /**
   * Changes a tool.
   *
   * @throws MnemeException as {@link #create}; {@code unknown_tool}, {@code tool_not_yours}
   */
  public StoredTool update(Owner owner, String toolId, ToolUpdate update) {
    CustomTool old = database.scope(owner).read(reads -> require(reads, owner, toolId));
    CustomTool tool =
        inPlaceOf(
            old.tool(), make(update.onto(old.tool()), toolId, Timestamps.stored(clock.instant())));
    return database
        .scope(owner)
        .write(tx -> {
          require(tx, owner, toolId);
          ToolRows.findByName(tx, tool.tool().name())
              .filter(other -> !other.tool().id().equals(toolId))
              .ifPresent(other -> {
                throw inUse(other.tool());
              });
          return put(tx, tool);
        });
  }

  /** Removes a tool; no agent has it any more. */
  public void delete(Owner owner, String toolId) {
    database
        .scope(owner)
        .update(tx -> {
          require(tx, owner, toolId);
          removal.removed(tx, toolId);
          ToolRows.remove(tx, toolId);
        });
  }

  /**
   * One tool.
   *
   * @throws MnemeException {@code unknown_tool}
   */
  public StoredTool get(Owner owner, String toolId) {
    return find(owner, toolId).orElseThrow(() -> unknown(toolId));
  }

  /** A tool that came as source, of a database that a server may be using. */
  public static Optional<StoredTool> stored(Database database, Owner owner, String name) {
    return database
        .scope(owner)
        .read(reads -> ToolRows.findByName(reads, name).map(CustomTool::tool));
  }

  public Optional<StoredTool> find(Owner owner, String toolId) {
    return Optional.ofNullable(fixed.byId(owner).get(toolId))
        .or(() ->
            database
                .scope(owner)
                .read(reads -> ToolRows.find(reads, toolId).map(CustomTool::tool)));
  }

  public Optional<StoredTool> findByName(Owner owner, String name) {
    return Optional.ofNullable(fixed.byName(owner).get(name))
        .or(() ->
            database
                .scope(owner)
                .read(reads -> ToolRows.findByName(reads, name).map(CustomTool::tool)));
  }

  /** A page of tools. */
  public List<StoredTool> list(Owner owner, ToolFilter filter) {
    return new ToolSearch(fixed.byId(owner)).list(database.scope(owner), filter);
  }

  public long count(Owner owner) {
    return fixed.byId(owner).size() + database.scope(owner).read(ToolRows::count);
  }

  /** Tools whose name, tags or description hold words of a text, the best first. */
  public List<StoredTool> search(Owner owner, String text, Set<String> types, int limit) {
    return new ToolSearch(fixed.byId(owner)).search(database.scope(owner), text, types, limit);
  }

  /**
   * The tools of these names, then those of these ids, each once, in that order.
   *
   * @throws MnemeException {@code unknown_tool}, naming all that there are not
   */
  public List<StoredTool> resolve(Owner owner, List<String> names, List<String> toolIds) {
    SequencedMap<String, StoredTool> found = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      findByName(owner, name)
          .ifPresentOrElse(tool -> found.put(tool.id(), tool), () -> missing.add(name));
    }
    if (!missing.isEmpty()) {
      throw MnemeException.invalid(
          "unknown_tool",
          "There is no tool "
              + String.join(", ", missing.subList(0, Math.min(missing.size(), 10)))
              + "; list the tools, or create it first.");
    }
    ofIds(owner, toolIds).forEach(tool -> found.put(tool.id(), tool));
    if (!found.keySet().containsAll(toolIds)) {
      throw unknown(
          toolIds.stream().filter(id -> !found.containsKey(id)).findFirst().orElse("of that id"));
    }
    return List.copyOf(found.values());
  }

  /** The tools an agent has by their ids, in order; what is gone by now is left out. */
  public List<StoredTool> ofIds(Owner owner, List<String> toolIds) {
    return toolIds.isEmpty()
        ? List.of()
        : database.scope(owner).read(reads -> ofIds(reads, toolIds));
  }

  /** As {@link #ofIds(Owner, List)}, within a transaction. */
  public List<StoredTool> ofIds(Reads reads, List<String> toolIds) {
    Map<String, StoredTool> ours = fixed.byId(reads.owner());
    List<String> rows = toolIds.stream().filter(id -> !ours.containsKey(id)).toList();
    Map<String, StoredTool> found = rows.isEmpty() ? Map.of() : ToolSearch.rows(reads, rows);
    return toolIds.stream()
        .flatMap(id ->
            Optional.ofNullable(ours.get(id)).or(() -> Optional.ofNullable(found.get(id))).stream())
        .toList();
  }

  /** The row behind a tool; absent for a built-in one and the library's. */
  Optional<CustomTool> custom(Owner owner, String toolId) {
    return database.scope(owner).read(reads -> ToolRows.find(reads, toolId));
  }

  /** What a draft would be, without keeping it. */
  CustomTool preview(ToolDraft draft) {
    return make(draft, ids.next("tool"), Timestamps.stored(clock.instant()));
  }

  private CustomTool make(ToolDraft draft, String id, Instant now) {
    if (draft.returnCharLimit() < 1 || draft.returnCharLimit() > MAX_RETURN_LIMIT) {
      throw MnemeException.invalid(
          "invalid_return_char_limit", "return_char_limit is 1 to " + MAX_RETURN_LIMIT + ".");
    }
    ToolSource.Read read = sources.read(draft);
    if (ReservedNames.contains(read.name())
        || builtIns.names().contains(read.name())
        || library.catalog().find(read.name()).isPresent()) {
      throw MnemeException.invalid(
          "reserved_tool_name",
          "The name '" + read.name() + "' belongs to a tool of Mneme; choose another one.");
    }
    StoredTool tool =
        new StoredTool(
            id,
            read.name(),
            CUSTOM,
            read.description(),
            Optional.of("python"),
            Optional.of(draft.source()),
            read.schema(),
            draft.tags(),
            draft.returnCharLimit(),
            draft.pipRequirements(),
            draft.requiresApproval(),
            draft.parallel(),
            draft.metadata(),
            now,
            now);
    return new CustomTool(tool, read.function());
  }

  private static StoredTool put(Tx tx, CustomTool tool) {
    if (ToolRows.count(tx) >= MAX_TOOLS) {
      throw MnemeException.limit(
          "too_many_tools", "There are " + MAX_TOOLS + " tools already; delete some.");
    }
    ToolRows.put(tx, tool);
    return tool.tool();
  }

  private static CustomTool inPlaceOf(StoredTool old, CustomTool made) {
    StoredTool tool = made.tool();
    StoredTool kept =
        new StoredTool(
            old.id(),
            tool.name(),
            tool.type(),
            tool.description(),
            tool.sourceType(),
            tool.sourceCode(),
            tool.schema(),
            tool.tags(),
            tool.returnCharLimit(),
            tool.pipRequirements(),
            tool.requiresApproval(),
            tool.parallel(),
            tool.metadata(),
            old.createdAt(),
            tool.updatedAt());
    return new CustomTool(kept, made.function());
  }

  private CustomTool require(Reads reads, Owner owner, String toolId) {
    return ToolRows.find(reads, toolId)
        .orElseThrow(() ->
            fixed.byId(owner).containsKey(toolId)
                ? MnemeException.denied(
                    "tool_not_yours",
                    "This tool belongs to Mneme and cannot be changed or deleted.")
                : unknown(toolId));
  }

  private static MnemeException unknown(String id) {
    return MnemeException.notFound("unknown_tool", "There is no tool " + id + ".");
  }

  private static MnemeException inUse(StoredTool present) {
    return MnemeException.conflict(
            "tool_name_in_use",
            "There is a tool '" + present.name() + "' already; update it, or choose another name.")
        .withDetails(Map.of("tool_id", present.id()));
  }
}
