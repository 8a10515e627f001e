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

/** The table of archives. */
public final class ArchiveRows implements SubjectStore {
  static final String COLUMNS =
      "archive_id, name, description, metadata, created_at, updated_at, sequence";

  @Override
  public String kind() {
    return Archive.KIND;
  }

  @Override
  public Set<String> textFields() {
    return Set.of("description");
  }

  static State state(Archive archive) {
    return State.of(
        Map.of(
            "created_at", Timestamps.text(archive.createdAt()),
            "description", archive.description(),
            "metadata", archive.metadata(),
            "name", archive.name()));
  }

  static Archive archive(String id, State state, Stamp stamp) {
    Map<String, Object> fields = state.fields();
    return new Archive(
        id,
        BlockRows.text(fields, "name"),
        BlockRows.text(fields, "description"),
        Fields.map(BlockRows.value(fields, "metadata")),
        BlockRows.moment(fields, "created_at"),
        stamp.at(),
        stamp.sequence());
  }

  static Optional<Archive> find(Reads reads, String id) {
    return reads
        .query("SELECT " + COLUMNS + " FROM archive WHERE archive_id = :id AND owner_id = :owner")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static Archive read(ResultSet rs) throws SQLException {
    return new Archive(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        Json.parseObject(rs.getString(4)),
        Timestamps.parse(rs.getString(5)),
        Timestamps.parse(rs.getString(6)),
        rs.getLong(7));
  }

  @Override
  public Optional<State> current(Reads reads, String id) {
    return find(reads, id).map(ArchiveRows::state);
  }

  @Override
  public void apply(Tx tx, String id, Optional<State> state, Stamp stamp) {
    if (state.isEmpty()) {
      requireEmpty(tx, id);
      tx.update("DELETE FROM archive WHERE archive_id = :id AND owner_id = :owner")
          .bind("id", id)
          .execute();
      return;
    }
    Archive archive = archive(id, state.get(), stamp);
    int updated =
        bind(
                tx.update(
                    "UPDATE archive SET name = :name, description = :description,"
                        + " metadata = :metadata, created_at = :createdAt,"
                        + " updated_at = :updatedAt, sequence = :sequence"
                        + " WHERE archive_id = :id AND owner_id = :owner"),
                archive)
            .execute();
    if (updated == 0) {
      bind(
              tx.update(
                  "INSERT INTO archive (archive_id, owner_id, name, description, metadata,"
                      + " created_at, updated_at, sequence) VALUES (:id, :owner, :name,"
                      + " :description, :metadata, :createdAt, :updatedAt, :sequence)"),
              archive)
          .execute();
    }
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Archive archive) {
    return statement
        .bind("id", archive.id())
        .bind("name", archive.name())
        .bind("description", archive.description())
        .bind("metadata", Fields.json(archive.metadata()))
        .bind("createdAt", Timestamps.text(archive.createdAt()))
        .bind("updatedAt", Timestamps.text(archive.updatedAt()))
        .bind("sequence", archive.sequence());
  }

  private static void requireEmpty(Tx tx, String id) {
    long passages =
        tx.query("SELECT count(*) FROM passage WHERE archive_id = :id AND owner_id = :owner")
            .bind("id", id)
            .mapTo(Long.class)
            .one();
    List<String> agents = AttachmentRows.agentsOf(tx, id);
    if (passages > 0 || !agents.isEmpty()) {
      throw MnemeException.conflict(
              "archive_in_use",
              "The archive still holds "
                  + passages
                  + " passage(s) and is attached to "
                  + agents.size()
                  + " agent(s); delete and detach them first.")
          .withDetails(Map.of("passages", passages, "agents", agents));
    }
  }

  @Override
  public List<String> agents(Reads reads, String id) {
    return AttachmentRows.agentsOf(reads, id);
  }

  @Override
  public List<String> ids(Reads reads, String afterId, int limit) {
    return reads
        .query(
            "SELECT archive_id FROM archive WHERE owner_id = :owner AND archive_id > :after"
                + " ORDER BY archive_id LIMIT :limit")
        .bind("after", afterId)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }
}
