package dev.mneme.memory;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.memory.journal.Redaction;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.SubjectStore;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of blocks. */
public final class BlockRows implements SubjectStore {
  static final String COLUMNS =
      "b.block_id, b.label, b.value, b.description, b.char_limit, b.read_only, b.metadata, b.tags,"
          + " b.created_at, b.updated_at, b.sequence";

  @Override
  public String kind() {
    return Block.KIND;
  }

  @Override
  public Set<String> textFields() {
    return Set.of("value", "description");
  }

  static State state(Block block) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("created_at", Timestamps.text(block.createdAt()));
    fields.put("description", block.description());
    fields.put("label", block.label());
    fields.put("limit", block.limit());
    fields.put("metadata", block.metadata());
    fields.put("read_only", block.readOnly());
    fields.put("tags", block.tags());
    fields.put("value", block.value());
    return State.of(fields);
  }

  /** The block as a state describes it. */
  static Block block(String id, State state, Stamp stamp) {
    Map<String, Object> fields = state.fields();
    return new Block(
        id,
        text(fields, "label"),
        text(fields, "value"),
        text(fields, "description"),
        ((Number) value(fields, "limit")).intValue(),
        (Boolean) value(fields, "read_only"),
        Fields.map(value(fields, "metadata")),
        Fields.strings(value(fields, "tags")),
        Timestamps.parse(text(fields, "created_at")),
        stamp.at(),
        stamp.sequence());
  }

  static Optional<Block> find(Reads reads, String id) {
    return reads
        .query("SELECT " + COLUMNS + " FROM block b WHERE b.block_id = :id AND b.owner_id = :owner")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static Block read(ResultSet rs) throws SQLException {
    return new Block(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString(4),
        rs.getInt(5),
        rs.getInt(6) != 0,
        Json.parseObject(rs.getString(7)),
        Fields.tagsOf(rs.getString(8)),
        Timestamps.parse(rs.getString(9)),
        Timestamps.parse(rs.getString(10)),
        rs.getLong(11));
  }

  @Override
  public Optional<State> current(Reads reads, String id) {
    return find(reads, id).map(BlockRows::state);
  }

  @Override
  public void apply(Tx tx, String id, Optional<State> state, Stamp stamp) {
    if (state.isEmpty()) {
      requireUnused(tx, id);
      tx.update("DELETE FROM block WHERE block_id = :id AND owner_id = :owner")
          .bind("id", id)
          .execute();
      return;
    }
    Block block = block(id, state.get(), stamp);
    AttachmentRows.relabel(tx, id, block.label());
    int updated =
        bind(
                tx.update(
                    "UPDATE block SET label = :label, value = :value, description = :description,"
                        + " char_limit = :limit, read_only = :readOnly, metadata = :metadata,"
                        + " tags = :tags, created_at = :createdAt, updated_at = :updatedAt,"
                        + " sequence = :sequence WHERE block_id = :id AND owner_id = :owner"),
                block)
            .execute();
    if (updated == 0) {
      insert(tx, block);
    }
  }

  static void insert(Tx tx, Block block) {
    bind(
            tx.update(
                "INSERT INTO block (block_id, owner_id, label, value, description, char_limit,"
                    + " read_only, metadata, tags, created_at, updated_at, sequence) VALUES"
                    + " (:id, :owner, :label, :value, :description, :limit, :readOnly, :metadata,"
                    + " :tags, :createdAt, :updatedAt, :sequence)"),
            block)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Block block) {
    return statement
        .bind("id", block.id())
        .bind("label", block.label())
        .bind("value", block.value())
        .bind("description", block.description())
        .bind("limit", block.limit())
        .bind("readOnly", block.readOnly() ? 1 : 0)
        .bind("metadata", Fields.json(block.metadata()))
        .bind("tags", Fields.json(block.tags()))
        .bind("createdAt", Timestamps.text(block.createdAt()))
        .bind("updatedAt", Timestamps.text(block.updatedAt()))
        .bind("sequence", block.sequence());
  }

  private static void requireUnused(Tx tx, String id) {
    List<String> agents = AttachmentRows.agentsOf(tx, id);
    if (!agents.isEmpty()) {
      throw MnemeException.conflict(
              "block_in_use",
              "The block is still attached to "
                  + agents.size()
                  + " agent(s); detach it first, or undo its attaching too.")
          .withDetails(Map.of("agents", agents));
    }
  }

  @Override
  public void requireMayUndo(Optional<State> current, Change change) {
    if (change.origin() != Origin.USER
        && current.isPresent()
        && Boolean.TRUE.equals(current.get().fields().get("read_only"))) {
      throw MnemeException.denied(
          "block_read_only",
          "A read-only block cannot be changed by agents, not by an undo either. Ask the"
              + " operator.");
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
            "SELECT block_id FROM block WHERE owner_id = :owner AND block_id > :after"
                + " ORDER BY block_id LIMIT :limit")
        .bind("after", afterId)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  @Override
  public State redacted(State state, Redaction redaction) {
    Map<String, Object> fields = new LinkedHashMap<>(redaction.applyTo(state).fields());
    Object label = value(fields, "label");
    if (label instanceof String text && !Labels.isLabel(text)) {
      // The marker cannot stand in a label; the rest of it could tell what it was.
      fields.put("label", "redacted-" + Integer.toHexString(state.json().hashCode()));
    }
    return State.of(fields);
  }

  static Object value(Map<String, Object> fields, String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw new IllegalStateException("A journaled state has no '" + key + "'.");
    }
    return value;
  }

  static String text(Map<String, Object> fields, String key) {
    return String.valueOf(value(fields, key));
  }

  static Instant moment(Map<String, Object> fields, String key) {
    return Timestamps.parse(text(fields, key));
  }
}
