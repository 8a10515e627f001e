package dev.mneme.api.agents;

import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Unprocessable;
import dev.mneme.api.http.Wire;
import dev.mneme.api.memory.PassageBodies;
import dev.mneme.api.memory.WireEmbedding;
import dev.mneme.api.memory.WirePassage;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveFinder;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.FoundPassage;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v1/agents/{id}/archival-memory} and the archives of an agent. */
public final class AgentPassageRoutes implements Group {
  private static final String AGENT = "/agents/{agent_id}";
  private static final String MEMORY = AGENT + "/archival-memory";
  private static final int FOUND = 5;

  private final AgentService agents;
  private final ArchiveService archives;
  private final ArchiveFinder finder;
  private final Optional<WireEmbedding> embedding;

  public AgentPassageRoutes(
      AgentService agents,
      ArchiveService archives,
      ArchiveFinder finder,
      Optional<WireEmbedding> embedding) {
    this.agents = agents;
    this.archives = archives;
    this.finder = finder;
    this.embedding = embedding;
  }

  private record Found(String id, String timestamp, String content, List<String> tags) {}

  private record Results(List<Found> results, int count) {}

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post(MEMORY, this::create);
    endpoints.get(MEMORY, this::list);
    endpoints.get(MEMORY + "/search", this::search);
    endpoints.delete(MEMORY + "/{memory_id}", this::delete);
    endpoints.patch(AGENT + "/archives/attach/{archive_id}", this::attach);
    endpoints.patch(AGENT + "/archives/detach/{archive_id}", this::detach);
  }

  private Reply create(Call call) {
    PassageDraft draft = PassageBodies.draft(call.body());
    Archive archive = agents.defaultArchive(call.owner(), AgentIds.of(call), call.change());
    Passage made = archives.insert(call.owner(), archive.id(), draft, call.change());
    return Reply.of(List.of(WirePassage.of(call.owner(), made, embedding)));
  }

  private Reply list(Call call) {
    Owner owner = call.owner();
    String agent = agents.get(owner, AgentIds.of(call)).id();
    List<Passage> found =
        finder.passagesOf(owner, agent, call.query("search"), call.page(100, false));
    return Reply.of(
        found.stream().map(passage -> WirePassage.of(owner, passage, embedding)).toList());
  }

  private Reply search(Call call) {
    String text =
        call.query("query").orElseThrow(() -> new Unprocessable("query.query", "is required"));
    int limit = call.integer("top_k").orElse(FOUND);
    if (limit < 1 || limit > PassageBodies.MOST_FOUND) {
      throw new Unprocessable("query.top_k", "must be between 1 and " + PassageBodies.MOST_FOUND);
    }
    Set<String> where = archivesOf(call);
    if (where.isEmpty()) {
      return Reply.of(new Results(List.of(), 0));
    }
    PassageQuery query =
        new PassageQuery(
            text,
            where,
            Set.copyOf(call.queries("tags")),
            PassageBodies.tagMatch(call.choice("tag_match_mode", "any", List.of("any", "all"))),
            call.time("start_datetime"),
            call.time("end_datetime"),
            limit);
    List<Found> results =
        archives.search(call.owner(), query).stream().map(AgentPassageRoutes::found).toList();
    return Reply.of(new Results(results, results.size()));
  }

  private Reply delete(Call call) {
    Set<String> where = archivesOf(call);
    Passage passage = archives.getPassage(call.owner(), call.id("memory_id", "passage"));
    if (!where.contains(passage.archiveId())) {
      throw MnemeException.notFound(
              "unknown_passage", "The passage is in no archive of this agent; search for it again.")
          .withDetails(Map.of("archive_id", passage.archiveId()));
    }
    archives.deletePassage(call.owner(), passage.id(), call.change());
    return Reply.nothing();
  }

  private Reply attach(Call call) {
    agents.attachArchive(
        call.owner(), AgentIds.of(call), call.id("archive_id", "archive"), call.change());
    return Reply.nothing();
  }

  private Reply detach(Call call) {
    agents.detachArchive(
        call.owner(), AgentIds.of(call), call.id("archive_id", "archive"), call.change());
    return Reply.nothing();
  }

  private Set<String> archivesOf(Call call) {
    return agents.archives(call.owner(), AgentIds.of(call)).stream()
        .map(Archive::id)
        .collect(Collectors.toSet());
  }

  private static Found found(FoundPassage found) {
    Passage passage = found.passage();
    return new Found(passage.id(), Wire.time(passage.createdAt()), passage.text(), passage.tags());
  }
}
