package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.JournalReads;
import dev.mneme.memory.journal.Redaction;
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
import org.jspecify.annotations.Nullable;

/** The table of what agents hold. */
public final class AttachmentRows implements SubjectStore {
  private static final String COLUMNS =
      "attachment_id, agent_id, coalesce(block_id, archive_id), position";

  @Override
  public String kind() {
    return Attachment.KIND;
  }

  @Override
  public Set<String> textFields() {
    return Set.of();
  }

  static State state(Attachment attachment) {
    return State.of(
        Map.of(
            "agent_id", attachment.agentId(),
            "target_id", attachment.targetId(),
            "position", attachment.position()));
  }

  static Attachment attachment(String id, State state) {
    Map<String, Object> fields = state.fields();
    return new Attachment(
        id,
        BlockRows.text(fields, "agent_id"),
        BlockRows.text(fields, "target_id"),
        ((Number) BlockRows.value(fields, "position")).longValue());
  }

  static Optional<Attachment> find(Reads reads, String id) {
    return reads
        .query(
            "SELECT "
                + COLUMNS
                + " FROM attachment WHERE attachment_id = :id AND owner_id = :owner")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static List<Attachment> ofAgent(Reads reads, String agentId) {
    return reads
        .query(
            "SELECT "
                + COLUMNS
                + " FROM attachment WHERE agent_id = :agent"
                + " AND owner_id = :owner ORDER BY position, attachment_id")
        .bind("agent", agentId)
        .map((rs, _) -> read(rs))
        .list();
  }

  /** Whether an agent still holds something. */
  public static boolean holdsAny(Reads reads, String agentId) {
    return !ofAgent(reads, agentId).isEmpty();
  }

  static List<Attachment> ofTarget(Reads reads, String targetId) {
    return reads
        .query(
            "SELECT "
                + COLUMNS
                + " FROM attachment"
                + " WHERE (block_id = :target OR archive_id = :target) AND owner_id = :owner"
                + " ORDER BY position, attachment_id")
        .bind("target", targetId)
        .map((rs, _) -> read(rs))
        .list();
  }

  static List<String> agentsOf(Reads reads, String targetId) {
    return ofTarget(reads, targetId).stream().map(Attachment::agentId).distinct().toList();
  }

  private static Attachment read(ResultSet rs) throws SQLException {
    return new Attachment(rs.getString(1), rs.getString(2), rs.getString(3), rs.getLong(4));
  }

  @Override
  public Optional<State> current(Reads reads, String id) {
    return find(reads, id).map(AttachmentRows::state);
  }

  @Override
  public void apply(Tx tx, String id, Optional<State> state, Stamp stamp) {
    tx.update("DELETE FROM attachment WHERE attachment_id = :id AND owner_id = :owner")
        .bind("id", id)
        .execute();
    if (state.isEmpty()) {
      return;
    }
    Attachment made = attachment(id, state.get());
    if (!JournalReads.exists(tx, made.agentId())) {
      throw MnemeException.notFound(
          "unknown_agent",
          "The agent to attach this to does not exist or was deleted; undo its deletion first.");
    }
    Optional<Block> block = made.isBlock() ? BlockRows.find(tx, made.targetId()) : Optional.empty();
    if (made.isBlock()) {
      String label =
          block
              .orElseThrow(() ->
                  MnemeException.conflict(
                      "block_gone",
                      "The block to attach is gone; undo its deletion too, or attach another."))
              .label();
      requireFree(tx, made.agentId(), label, made.targetId());
    }
    insert(tx, made, block.map(Block::label), stamp);
  }

  static void insert(Tx tx, Attachment made, Optional<String> label, Stamp stamp) {
    tx.update(
            "INSERT INTO attachment (attachment_id, owner_id, agent_id, block_id, archive_id,"
                + " label, position, sequence) VALUES (:id, :owner, :agent, :block, :archive,"
                + " :label, :position, :sequence)")
        .bind("id", made.id())
        .bind("agent", made.agentId())
        .bind("block", made.isBlock() ? made.targetId() : null)
        .bind("archive", made.isBlock() ? null : made.targetId())
        .bind("label", label.orElse(null))
        .bind("position", made.position())
        .bind("sequence", stamp.sequence())
        .execute();
  }

  /** Gives the block its label with every agent that holds it. */
  static void relabel(Tx tx, String blockId, String label) {
    List<String> others =
        tx.query(
                "SELECT agent_id FROM attachment"
                    + " WHERE block_id = :block AND owner_id = :owner AND label <> :label")
            .bind("label", label)
            .bind("block", blockId)
            .map((rs, _) -> rs.getString(1))
            .list();
    for (String agent : others) {
      requireFree(tx, agent, label, blockId);
    }
    if (!others.isEmpty()) {
      tx.update(
              "UPDATE attachment SET label = :label"
                  + " WHERE block_id = :block AND owner_id = :owner AND label <> :label")
          .bind("label", label)
          .bind("block", blockId)
          .execute();
    }
  }

  private static void requireFree(Tx tx, String agentId, String label, String blockId) {
    @Nullable String other =
        tx.query(
                "SELECT block_id FROM attachment WHERE agent_id = :agent AND label = :label"
                    + " AND block_id <> :block AND owner_id = :owner")
            .bind("agent", agentId)
            .bind("label", label)
            .bind("block", blockId)
            .mapTo(String.class)
            .findFirst()
            .orElse(null);
    if (other != null) {
      throw labelInUse(agentId, label, other);
    }
  }

  static MnemeException labelInUse(String agentId, String label, String blockId) {
    return MnemeException.conflict(
            "label_in_use",
            "The agent already has a block '"
                + label
                + "'. Choose another label, or rename, detach or edit the present block.")
        .withDetails(Map.of("agent_id", agentId, "label", label, "block_id", blockId));
  }

  @Override
  public List<String> agents(Reads reads, String id) {
    return List.of(id.substring(0, id.indexOf('/')));
  }

  @Override
  public List<String> ids(Reads reads, String afterId, int limit) {
    return reads
        .query(
            "SELECT attachment_id FROM attachment WHERE owner_id = :owner AND attachment_id >"
                + " :after ORDER BY attachment_id LIMIT :limit")
        .bind("after", afterId)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  @Override
  public State redacted(State state, Redaction redaction) {
    return state;
  }
}
