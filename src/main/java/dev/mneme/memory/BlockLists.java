package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.store.Reads;
import java.util.List;
import java.util.Optional;

/** Finds blocks. */
final class BlockLists {
  private BlockLists() {}

  static List<Block> list(Reads reads, BlockQuery query) {
    Optional<Block> after =
        query
            .after()
            .map(id -> BlockRows.find(reads, id).orElseThrow(() -> BlockWriter.unknownBlock(id)));
    return reads
        .query(
            "SELECT "
                + BlockRows.COLUMNS
                + " FROM block b WHERE b.owner_id = :owner"
                + " AND (b.created_at > :time OR (b.created_at = :time AND b.block_id > :id))"
                + " AND (:anyLabel = 1 OR b.label = :label)"
                + " ORDER BY b.created_at, b.block_id LIMIT :limit")
        .bind("time", after.map(b -> Timestamps.text(b.createdAt())).orElse(""))
        .bind("id", after.map(Block::id).orElse(""))
        .bind("anyLabel", query.label().isEmpty() ? 1 : 0)
        .bind("label", query.label().orElse(""))
        .bind("limit", query.limit())
        .map((rs, _) -> BlockRows.read(rs))
        .list();
  }

  static List<Block> ofAgent(Reads reads, String agentId) {
    return reads
        .query(
            "SELECT "
                + BlockRows.COLUMNS
                + " FROM attachment a"
                + " JOIN block b ON b.block_id = a.block_id"
                + " WHERE a.agent_id = :agent AND a.owner_id = :owner"
                + " ORDER BY a.position, a.attachment_id")
        .bind("agent", agentId)
        .map((rs, _) -> BlockRows.read(rs))
        .list();
  }

  static Optional<Block> findByLabel(Reads reads, String agentId, String label) {
    return reads
        .query(
            "SELECT "
                + BlockRows.COLUMNS
                + " FROM attachment a"
                + " JOIN block b ON b.block_id = a.block_id"
                + " WHERE a.agent_id = :agent AND a.label = :label AND a.owner_id = :owner")
        .bind("agent", agentId)
        .bind("label", label)
        .map((rs, _) -> BlockRows.read(rs))
        .findFirst();
  }

  static Block byLabel(Reads reads, String agentId, String label) {
    return findByLabel(reads, agentId, label)
        .orElseThrow(() -> {
          List<String> labels = ofAgent(reads, agentId).stream().map(Block::label).toList();
          String known =
              labels.isEmpty()
                  ? "The agent has no blocks; create one first."
                  : "Its blocks are: " + String.join(", ", labels) + ".";
          return MnemeException.notFound(
              "unknown_label",
              "The agent has no block '"
                  + (Labels.isLabel(label) ? label : "(not a valid label)")
                  + "'. "
                  + known);
        });
  }
}
