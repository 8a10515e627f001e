package dev.mneme.engine.builtin;

import dev.mneme.agent.AgentService;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.FoundPassage;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An agent writes into its archival memory, and searches it. */
final class ArchivalTools {
  private static final int DEFAULT_HITS = 5;
  private static final int MAX_HITS = 100;

  private final AgentService agents;
  private final ArchiveService archives;

  ArchivalTools(AgentService agents, ArchiveService archives) {
    this.agents = agents;
    this.archives = archives;
  }

  void addTo(Map<String, BuiltIn> tools) {
    BuiltIn.Stored insert =
        (tx, use, args) -> {
          PassageDraft draft =
              new PassageDraft(
                  args.text("content"), args.texts("tags"), Map.of(), Optional.empty());
          agents.remember(tx, use.agentId(), draft, use.change());
          return BuiltIn.NONE;
        };
    BuiltIn.Waiting search = this::search;
    tools.put("archival_memory_insert", insert);
    tools.put("archival_memory_search", search);
  }

  private String search(Use use, Args args) {
    Set<String> held =
        archives.ofAgent(use.owner(), use.agentId()).stream()
            .map(Archive::id)
            .collect(Collectors.toSet());
    // Without an archive the query would mean those of all agents.
    List<FoundPassage> found =
        held.isEmpty() ? List.of() : archives.search(use.owner(), query(use, args, held));
    use.lineage().read(found.stream().map(f -> f.passage().sequence()).toList());
    List<Map<String, Object>> results = new ArrayList<>();
    for (FoundPassage hit : found) {
      results.add(shown(hit, use.zone()));
    }
    return Json.write(results);
  }

  private static PassageQuery query(Use use, Args args, Set<String> held) {
    return new PassageQuery(
        args.text("query"),
        held,
        new HashSet<>(args.texts("tags")),
        match(args.optional("tag_match_mode").orElse("any")),
        args.optional("start_datetime").map(t -> Dates.from(t, use.zone())),
        args.optional("end_datetime").map(t -> Dates.until(t, use.zone())),
        Math.clamp(args.number("top_k").orElse(DEFAULT_HITS), 1, MAX_HITS));
  }

  private static TagMatch match(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "any" -> TagMatch.ANY;
      case "all" -> TagMatch.ALL;
      default ->
          throw MnemeException.invalid("invalid_argument", "tag_match_mode is 'any' or 'all'");
    };
  }

  private static Map<String, Object> shown(FoundPassage hit, ZoneId zone) {
    Passage passage = hit.passage();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", passage.id());
    shown.put(
        "timestamp",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(passage.createdAt().atZone(zone)));
    shown.put("content", passage.text());
    shown.put("tags", passage.tags());
    shown.put("relevance", Math.round(hit.hit().score() * 1_000) / 1_000.0);
    return shown;
  }
}
