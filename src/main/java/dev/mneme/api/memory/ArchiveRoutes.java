package dev.mneme.api.memory;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.Archive;
import dev.mneme.memory.ArchiveFinder;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /v1/archives} with their passages. */
public final class ArchiveRoutes implements Group {
  private static final String ONE = "/archives/{archive_id}";

  private final ArchiveService archives;
  private final ArchiveFinder finder;
  private final Optional<WireEmbedding> embedding;

  public ArchiveRoutes(
      ArchiveService archives, ArchiveFinder finder, Optional<WireEmbedding> embedding) {
    this.archives = archives;
    this.finder = finder;
    this.embedding = embedding;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post("/archives", this::create);
    endpoints.get("/archives", this::list);
    endpoints.get(ONE, call -> reply(call, archives.get(call.owner(), id(call))));
    endpoints.patch(ONE, this::update);
    endpoints.delete(ONE, this::delete);
    endpoints.post(ONE + "/passages", this::createPassage);
    endpoints.post(ONE + "/passages/batch", this::createPassages);
    endpoints.delete(ONE + "/passages/{passage_id}", this::deletePassage);
  }

  private Reply create(Call call) {
    Body body = call.body();
    String name = body.requireText("name");
    String description = body.text("description").orElse("");
    return reply(call, archives.create(call.owner(), name, description, call.change()));
  }

  private Reply list(Call call) {
    List<Archive> found =
        finder.archives(
            call.owner(),
            call.query("name"),
            call.queryId("agent_id", "agent"),
            call.page(50, true));
    return Reply.of(
        found.stream().map(each -> WireArchive.of(call.owner(), each, embedding)).toList());
  }

  private Reply update(Call call) {
    Body body = call.body();
    Archive old = archives.get(call.owner(), id(call));
    return reply(
        call,
        archives.rename(
            call.owner(),
            old.id(),
            body.text("name").orElse(old.name()),
            body.text("description").orElse(old.description()),
            call.change()));
  }

  private Reply delete(Call call) {
    archives.delete(call.owner(), id(call), call.change());
    return Reply.empty();
  }

  private Reply createPassage(Call call) {
    Passage made =
        archives.insert(call.owner(), id(call), PassageBodies.draft(call.body()), call.change());
    return Reply.of(WirePassage.of(call.owner(), made, embedding));
  }

  private Reply createPassages(Call call) {
    Body body = call.body();
    List<PassageDraft> drafts =
        body.bodies("passages").orElseThrow(() -> body.missing("passages")).stream()
            .map(PassageBodies::draft)
            .toList();
    List<Passage> made = archives.insertAll(call.owner(), id(call), drafts, call.change());
    return Reply.of(
        made.stream().map(each -> WirePassage.of(call.owner(), each, embedding)).toList());
  }

  private Reply deletePassage(Call call) {
    Passage passage = archives.getPassage(call.owner(), call.id("passage_id", "passage"));
    if (!passage.archiveId().equals(id(call))) {
      throw MnemeException.notFound(
              "unknown_passage", "The passage is not in this archive; search for it again.")
          .withDetails(Map.of("archive_id", passage.archiveId()));
    }
    archives.deletePassage(call.owner(), passage.id(), call.change());
    return Reply.empty();
  }

  private static String id(Call call) {
    return call.id("archive_id", "archive");
  }

  private Reply reply(Call call, Archive archive) {
    return Reply.of(WireArchive.of(call.owner(), archive, embedding));
  }
}
