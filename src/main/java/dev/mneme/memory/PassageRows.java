package dev.mneme.memory;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.SubjectStore;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of passages; {@code search} reads it to build its index. */
public final class PassageRows implements SubjectStore {
  static final String COLUMNS =
      "passage_id, archive_id, text, tags, metadata, created_at, updated_at, sequence";

  @Override
  public String kind() {
    return Passage.KIND;
  }

  @Override
  public Set<String> textFields() {
    return Set.of("text");
  }

  static State state(Passage passage) {
    return State.of(
        Map.of(
            "archive_id", passage.archiveId(),
            "created_at", Timestamps.text(passage.createdAt()),
            "metadata", passage.metadata(),
            "tags", passage.tags(),
            "text", passage.text()));
  }

  static Passage passage(String id, State state, Stamp stamp) {
    Map<String, Object> fields = state.fields();
    return new Passage(
        id,
        BlockRows.text(fields, "archive_id"),
        BlockRows.text(fields, "text"),
        Fields.strings(BlockRows.value(fields, "tags")),
        Fields.map(BlockRows.value(fields, "metadata")),
        BlockRows.moment(fields, "created_at"),
        stamp.at(),
        stamp.sequence());
  }

  static Optional<Passage> find(Reads reads, String id) {
    return reads
        .query("SELECT " + COLUMNS + " FROM passage WHERE passage_id = :id AND owner_id = :owner")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static Passage read(ResultSet rs) throws SQLException {
    return new Passage(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        Fields.tagsOf(rs.getString(4)),
        Json.parseObject(rs.getString(5)),
        Timestamps.parse(rs.getString(6)),
        Timestamps.parse(rs.getString(7)),
        rs.getLong(8));
  }

  @Override
  public Optional<State> current(Reads reads, String id) {
    return find(reads, id).map(PassageRows::state);
  }

  @Override
  public void apply(Tx tx, String id, Optional<State> state, Stamp stamp) {
    if (state.isEmpty()) {
      tx.update("DELETE FROM passage WHERE passage_id = :id AND owner_id = :owner")
          .bind("id", id)
          .execute();
      return;
    }
    Passage passage = passage(id, state.get(), stamp);
    if (ArchiveRows.find(tx, passage.archiveId()).isEmpty()) {
      throw MnemeException.conflict(
          "archive_gone", "The archive of this passage is gone; undo its deletion first.");
    }
    int updated =
        bind(
                tx.update(
                    "UPDATE passage SET archive_id = :archive, text = :text, tags = :tags,"
                        + " metadata = :metadata, created_at = :createdAt,"
                        + " updated_at = :updatedAt, sequence = :sequence"
                        + " WHERE passage_id = :id AND owner_id = :owner"),
                passage)
            .execute();
    if (updated == 0) {
      bind(
              tx.update(
                  "INSERT INTO passage (passage_id, owner_id, archive_id, text, tags, metadata,"
                      + " created_at, updated_at, sequence) VALUES (:id, :owner, :archive, :text,"
                      + " :tags, :metadata, :createdAt, :updatedAt, :sequence)"),
              passage)
          .execute();
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Passage passage) {
    return statement
        .bind("id", passage.id())
        .bind("archive", passage.archiveId())
        .bind("text", passage.text())
        .bind("tags", Fields.json(passage.tags()))
        .bind("metadata", Fields.json(passage.metadata()))
        .bind("createdAt", Timestamps.text(passage.createdAt()))
        .bind("updatedAt", Timestamps.text(passage.updatedAt()))
        .bind("sequence", passage.sequence());
  }

  @Override
  public List<String> agents(Reads reads, String id) {
    // Passages do not stand in prompts.
    return List.of();
  }

  @Override
  public List<String> ids(Reads reads, String afterId, int limit) {
    return reads
        .query(
            "SELECT passage_id FROM passage WHERE owner_id = :owner AND passage_id > :after"
                + " ORDER BY passage_id LIMIT :limit")
        .bind("after", afterId)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }
}
