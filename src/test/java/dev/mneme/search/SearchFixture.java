package dev.mneme.search;

import dev.mneme.common.Ids;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** A database with passages and an index over them; rows are written as {@code memory} does. */
final class SearchFixture implements AutoCloseable {
  static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");
  static final SearchSettings QUICK =
      new SearchSettings(0.6, 0.4, Duration.ofSeconds(20), Duration.ofHours(1));

  final Database database;
  final Path folder;
  HybridIndex index;
  private final Ids ids = new Ids(new Random(7), Clock.systemUTC());
  private final Optional<Embedder> embedder;
  private final SearchSettings settings;
  private long sequence;

  SearchFixture(Path data, Optional<Embedder> embedder, SearchSettings settings) {
    this.database = Database.open(data.resolve("mneme.db"), 4);
    this.folder = data.resolve("index");
    this.embedder = embedder;
    this.settings = settings;
    database.maintainWrite(h -> {
      h.execute(
          "INSERT INTO owner VALUES (?, 'other', '2026-01-01T00:00:00Z') ON CONFLICT DO NOTHING",
          OTHER.id());
      archive(h, archive(Owner.DEFAULT), Owner.DEFAULT);
      archive(h, archive(OTHER), OTHER);
      return true;
    });
    sequence = new PassageRows(database).newest();
    index = open();
  }

  private static void archive(Handle h, String id, Owner owner) {
    h.execute(
        "INSERT INTO archive VALUES (?, ?, 'a', '', '{}', '2026-01-01T00:00:00Z',"
            + " '2026-01-01T00:00:00Z', 0) ON CONFLICT DO NOTHING",
        id,
        owner.id());
  }

  static String archive(Owner owner) {
    return owner.id().replace("user-", "archive-");
  }

  String secondArchive() {
    String id = ids.next("archive");
    database.maintainWrite(h -> {
      archive(h, id, Owner.DEFAULT);
      return true;
    });
    return id;
  }

  HybridIndex open() {
    return new HybridIndex(database, folder, embedder, settings);
  }

  void reopen() {
    index.close();
    index = open();
    index.start();
  }

  String write(String text, String... tags) {
    return write(Owner.DEFAULT, text, tags);
  }

  String write(Owner owner, String text, String... tags) {
    String id = row(owner, archive(owner), text, "2026-05-01T00:00:00Z", tags);
    index.refresh(List.of(id), sequence);
    return id;
  }

  /** Writes a row and tells no index. */
  String row(Owner owner, String archive, String text, String created, String... tags) {
    String id = ids.next("passage");
    sequence++;
    database.maintainWrite(h ->
        h.execute(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, '{}', ?, ?, ?)",
            id,
            owner.id(),
            archive,
            text,
            Json.write(List.of(tags)),
            Instant.parse(created).toString(),
            created,
            sequence));
    return id;
  }

  void change(String id, String text) {
    sequence++;
    database.maintainWrite(h ->
        h.execute(
            "UPDATE passage SET text = ?, sequence = ? WHERE passage_id = ?", text, sequence, id));
  }

  void delete(String id) {
    sequence++;
    database.maintainWrite(h -> h.execute("DELETE FROM passage WHERE passage_id = ?", id));
  }

  long sequence() {
    return sequence;
  }

  List<String> find(String text) {
    return find(Owner.DEFAULT, text);
  }

  List<String> find(Owner owner, String text) {
    return hits(owner, query(text)).stream().map(PassageHit::passageId).toList();
  }

  List<PassageHit> hits(Owner owner, PassageQuery query) {
    return index.search(owner, query);
  }

  static PassageQuery query(String text) {
    return new PassageQuery(
        text, Set.of(), Set.of(), TagMatch.ANY, Optional.empty(), Optional.empty(), 10);
  }

  long vectorRows() {
    return database.maintain(
        h -> h.createQuery("SELECT count(*) FROM passage_vector").mapTo(Long.class).one());
  }

  @Override
  public void close() {
    index.close();
    database.close();
  }
}
