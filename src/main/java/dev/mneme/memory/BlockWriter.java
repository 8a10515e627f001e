package dev.mneme.memory;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.JournalReads;
import dev.mneme.memory.journal.Origin;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.Subject;
import dev.mneme.memory.journal.Unit;
import dev.mneme.memory.text.UnifiedText;
import dev.mneme.store.Tx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The steps that changes of blocks and attachments are made of, each within a transaction. */
final class BlockWriter {
  private static final int MAX_ATTACHED = 200;

  private final Ids ids;

  BlockWriter(Ids ids) {
    this.ids = ids;
  }

  Block create(Tx tx, Unit unit, BlockDraft draft) {
    Block block =
        new Block(
            ids.next("block"),
            draft.label(),
            draft.value(),
            draft.description(),
            draft.limit(),
            draft.readOnly(),
            draft.metadata(),
            draft.tags(),
            unit.at(),
            unit.at(),
            0);
    Stamp stamp =
        unit.create(
            subject(block.id()),
            "create",
            BlockRows.state(block),
            List.of(),
            made -> BlockRows.insert(tx, block.at(made)));
    return block.at(stamp);
  }

  Block get(Tx tx, String blockId) {
    return BlockRows.find(tx, blockId).orElseThrow(() -> unknownBlock(blockId));
  }

  /** Writes the new state; nothing is journaled where nothing changes. */
  Block put(Tx tx, Unit unit, String operation, Block before, Block after) {
    var old = BlockRows.state(before);
    var now = BlockRows.state(after);
    if (old.equals(now)) {
      return before;
    }
    long sequence = unit.write(subject(before.id()), operation, Optional.of(old), Optional.of(now));
    return BlockRows.block(before.id(), now, new Stamp(sequence, unit.at()));
  }

  void delete(Tx tx, Unit unit, Block block) {
    for (Attachment attachment : AttachmentRows.ofTarget(tx, block.id())) {
      detach(unit, attachment);
    }
    unit.write(
        subject(block.id()), "delete", Optional.of(BlockRows.state(block)), Optional.empty());
  }

  void attach(Tx tx, Unit unit, String agentId, String targetId) {
    String id = Attachment.idOf(agentId, targetId);
    if (AttachmentRows.find(tx, id).isPresent()) {
      return;
    }
    List<Attachment> present = AttachmentRows.ofAgent(tx, agentId);
    requireRoom(present.size());
    long position = present.isEmpty() ? 1 : present.getLast().position() + 1;
    Attachment made = new Attachment(id, agentId, targetId, position);
    unit.write(
        new Subject(Attachment.KIND, id, agentId),
        "attach",
        Optional.empty(),
        Optional.of(AttachmentRows.state(made)));
  }

  /** Gives a new agent, which holds nothing yet, its first blocks. */
  void furnish(Tx tx, Unit unit, String agentId, List<Block> blocks) {
    requireRoom(blocks.size() - 1);
    Map<String, String> byLabel = new HashMap<>();
    long position = 0;
    for (Block block : blocks) {
      String other = byLabel.putIfAbsent(block.label(), block.id());
      if (block.id().equals(other)) {
        continue;
      }
      if (other != null) {
        throw AttachmentRows.labelInUse(agentId, block.label(), other);
      }
      position++;
      Attachment made =
          new Attachment(Attachment.idOf(agentId, block.id()), agentId, block.id(), position);
      unit.create(
          new Subject(Attachment.KIND, made.id(), agentId),
          "attach",
          AttachmentRows.state(made),
          List.of(agentId),
          stamp -> AttachmentRows.insert(tx, made, Optional.of(block.label()), stamp));
    }
  }

  private static void requireRoom(int present) {
    if (present >= MAX_ATTACHED) {
      throw MnemeException.limit(
          "too_many_blocks",
          "An agent may hold at most " + MAX_ATTACHED + " blocks and archives; detach one first.");
    }
  }

  void detach(Tx tx, Unit unit, String agentId, String targetId) {
    Attachment attachment =
        AttachmentRows.find(tx, Attachment.idOf(agentId, targetId))
            .orElseThrow(() ->
                MnemeException.notFound(
                    "not_attached", "This is not attached to the agent; nothing to detach."));
    detach(unit, attachment);
  }

  static void detach(Unit unit, Attachment attachment) {
    unit.write(
        new Subject(Attachment.KIND, attachment.id(), attachment.agentId()),
        "detach",
        Optional.of(AttachmentRows.state(attachment)),
        Optional.empty());
  }

  void requireWritable(Block block, Change change) {
    if (block.readOnly() && change.origin() != Origin.USER) {
      throw MnemeException.denied(
          "block_read_only",
          "Block '"
              + block.label()
              + "' is read-only and cannot be edited by agents. Put the text"
              + " into another block, or ask the operator.");
    }
  }

  void requireFresh(Tx tx, Block block, OptionalLong expected) {
    if (expected.isEmpty() || expected.getAsLong() == block.sequence()) {
      return;
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("expected", expected.getAsLong());
    details.put("sequence", block.sequence());
    JournalReads.recall(tx, block.id(), expected.getAsLong())
        .state()
        .map(state -> BlockRows.text(state.fields(), "value"))
        .ifPresent(seen -> details.put("diff", UnifiedText.between(seen, block.value())));
    throw MnemeException.conflict(
            "block_changed",
            "Block '"
                + block.label()
                + "' has changed since you read it (now at sequence "
                + block.sequence()
                + "). Nothing was written; view it again and repeat the edit.")
        .withDetails(details);
  }

  static Subject subject(String blockId) {
    return new Subject(Block.KIND, blockId, blockId);
  }

  static MnemeException unknownBlock(String id) {
    return MnemeException.notFound(
        "unknown_block",
        Ids.isId("block", id)
            ? "There is no block " + id + "; list the blocks to find it."
            : "A block id has the form block-<uuid4>; use the label where a label is asked for.");
  }
}
