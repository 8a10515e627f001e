package dev.mneme.api.memory;

import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.FoundPassage;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code POST /v1/passages/search}: through all archives, those of an agent, or one. */
public final class PassageSearchRoutes implements Group {
  private static final int FOUND = 50;

  private final AgentService agents;
  private final ArchiveService archives;
  private final Optional<WireEmbedding> embedding;

  public PassageSearchRoutes(
      AgentService agents, ArchiveService archives, Optional<WireEmbedding> embedding) {
    this.agents = agents;
    this.archives = archives;
    this.embedding = embedding;
  }

  private record Found(WirePassage passage, double score, Map<String, Object> metadata) {}

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/passages/search", this::search);
  }

  private Reply search(Call call) {
    Body body = call.body();
    int limit = body.integer("limit").orElse(FOUND);
    if (limit < 1 || limit > PassageBodies.MOST_FOUND) {
      throw body.wrong("limit", "between 1 and " + PassageBodies.MOST_FOUND);
    }
    Optional<Set<String>> where = archives(call, body);
    if (where.isPresent() && where.get().isEmpty()) {
      return Reply.of(List.of());
    }
    PassageQuery query =
        new PassageQuery(
            body.text("query").orElse(""),
            where.orElse(Set.of()),
            Set.copyOf(body.texts("tags").orElse(List.of())),
            PassageBodies.tagMatch(body.text("tag_match_mode").orElse("any")),
            body.time("start_date"),
            body.time("end_date"),
            limit);
    return Reply.of(
        archives.search(call.owner(), query).stream().map(found -> found(call, found)).toList());
  }

  private Optional<Set<String>> archives(Call call, Body body) {
    Optional<String> archive = body.id("archive_id", "archive");
    Optional<Set<String>> ofAgent =
        body.id("agent_id", "agent")
            .map(agent ->
                agents.archives(call.owner(), agent).stream()
                    .map(Archive::id)
                    .collect(Collectors.toSet()));
    if (archive.isEmpty()) {
      return ofAgent;
    }
    String id = archives.get(call.owner(), archive.get()).id();
    return Optional.of(ofAgent.isEmpty() || ofAgent.get().contains(id) ? Set.of(id) : Set.of());
  }

  private Found found(Call call, FoundPassage found) {
    PassageHit hit = found.hit();
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("combined_score", hit.score());
    metadata.put("fts_score", hit.lexical());
    metadata.put("vector_score", hit.vector());
    metadata.put("reason", hit.reason());
    return new Found(
        WirePassage.of(call.owner(), found.passage(), embedding), hit.score(), metadata);
  }
}
