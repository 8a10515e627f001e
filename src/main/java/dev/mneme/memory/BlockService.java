package dev.mneme.memory;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.memory.edit.ApplyPatch;
import dev.mneme.memory.edit.BlockEdit;
import dev.mneme.memory.edit.TextEdit;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Unit;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Blocks: made, edited, shared between agents. Every write is durable and journaled when the call
 * returns. Thread-safe.
 */
public final class BlockService {
  private final Database database;
  private final Journal journal;
  private final BlockWriter writer;
  private final PatchWriter patches;

  public BlockService(Database database, Journal journal, Ids ids) {
    this.database = database;
    this.journal = journal;
    this.writer = new BlockWriter(ids);
    this.patches = new PatchWriter(writer);
  }

  public Block create(Owner owner, BlockDraft draft, Change change) {
    return journal.write(owner, change, (tx, unit) -> writer.create(tx, unit, draft));
  }

  /** Makes a block and attaches it to an agent, as one change. */
  public Block createFor(Owner owner, String agentId, BlockDraft draft, Change change) {
    return journal.write(owner, change, (tx, unit) -> createFor(tx, unit, agentId, draft));
  }

  /** As {@link #createFor(Owner, String, BlockDraft, Change)}, as a part of a larger change. */
  public Block createFor(Tx tx, Unit unit, String agentId, BlockDraft draft) {
    Block block = writer.create(tx, unit, draft);
    writer.attach(tx, unit, agentId, block.id());
    return block;
  }

  /** Gives a new agent, which holds nothing yet, its first blocks: new ones, then present ones. */
  public void furnish(
      Tx tx, Unit unit, String agentId, List<BlockDraft> drafts, List<String> blockIds) {
    List<Block> all = new ArrayList<>(drafts.size() + blockIds.size());
    drafts.forEach(draft -> all.add(writer.create(tx, unit, draft)));
    blockIds.forEach(id -> all.add(writer.get(tx, id)));
    writer.furnish(tx, unit, agentId, all);
  }

  public Optional<Block> find(Owner owner, String blockId) {
    return database.scope(owner).read(reads -> BlockRows.find(reads, blockId));
  }

  public Block get(Owner owner, String blockId) {
    return find(owner, blockId).orElseThrow(() -> BlockWriter.unknownBlock(blockId));
  }

  public List<Block> list(Owner owner, BlockQuery query) {
    return database.scope(owner).read(reads -> BlockLists.list(reads, query));
  }

  /** The blocks of an agent in the order of their attaching. */
  public List<Block> ofAgent(Owner owner, String agentId) {
    return database.scope(owner).read(reads -> BlockLists.ofAgent(reads, agentId));
  }

  /** As {@link #ofAgent(Owner, String)}, within a transaction. */
  public List<Block> ofAgent(Reads reads, String agentId) {
    return BlockLists.ofAgent(reads, agentId);
  }

  public Block byLabel(Owner owner, String agentId, String label) {
    return database.scope(owner).read(reads -> BlockLists.byLabel(reads, agentId, label));
  }

  /** The agents that hold a block. */
  public List<String> agents(Owner owner, String blockId) {
    get(owner, blockId);
    return database.scope(owner).read(reads -> AttachmentRows.agentsOf(reads, blockId));
  }

  public Block update(Owner owner, String blockId, BlockUpdate update, Change change) {
    return update(owner, blockId, update, OptionalLong.empty(), change);
  }

  /**
   * Changes a block.
   *
   * @param expected the sequence the caller last saw; when the block has changed since, a conflict
   */
  public Block update(
      Owner owner, String blockId, BlockUpdate update, OptionalLong expected, Change change) {
    return journal.write(
        owner,
        change,
        (tx, unit) -> {
          Block block = writer.get(tx, blockId);
          writer.requireWritable(block, change);
          writer.requireFresh(tx, block, expected);
          return writer.put(tx, unit, "update", block, update.applyTo(block));
        });
  }

  /** Detaches the block from all agents and deletes it; its journal stays, an undo restores it. */
  public void delete(Owner owner, String blockId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          Block block = writer.get(tx, blockId);
          writer.requireWritable(block, change);
          writer.delete(tx, unit, block);
          return Boolean.TRUE;
        });
  }

  public void attach(Owner owner, String agentId, String blockId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          attach(tx, unit, agentId, blockId);
          return Boolean.TRUE;
        });
  }

  /** As {@link #attach(Owner, String, String, Change)}, as a part of a larger change. */
  public void attach(Tx tx, Unit unit, String agentId, String blockId) {
    writer.get(tx, blockId);
    writer.attach(tx, unit, agentId, blockId);
  }

  /** Takes all blocks and archives from an agent, as a part of a larger change. */
  public void detachAll(Tx tx, Unit unit, String agentId) {
    AttachmentRows.ofAgent(tx, agentId).forEach(attachment -> BlockWriter.detach(unit, attachment));
  }

  public void detach(Owner owner, String agentId, String blockId, Change change) {
    journal.write(
        owner,
        change,
        (tx, unit) -> {
          writer.get(tx, blockId);
          writer.detach(tx, unit, agentId, blockId);
          return Boolean.TRUE;
        });
  }

  public EditResult edit(Owner owner, String agentId, BlockEdit edit, Change change) {
    return edit(owner, agentId, edit, OptionalLong.empty(), change);
  }

  /**
   * Edits an agent's memory.
   *
   * @param expected the sequence of the block the edit was made for; when the block has changed
   *     since, a conflict with the difference
   */
  public EditResult edit(
      Owner owner, String agentId, BlockEdit edit, OptionalLong expected, Change change) {
    return journal.write(
        owner, change, (tx, unit) -> edit(tx, unit, agentId, edit, expected, change));
  }

  /** As {@link #edit(Owner, String, BlockEdit, Change)}, as a part of a larger change. */
  public EditResult edit(Tx tx, String agentId, BlockEdit edit, Change change) {
    return edit(tx, journal.unit(tx, change), agentId, edit, OptionalLong.empty(), change);
  }

  private EditResult edit(
      Tx tx, Unit unit, String agentId, BlockEdit edit, OptionalLong expected, Change change) {
    return switch (edit) {
      case TextEdit text -> editText(tx, unit, agentId, text, expected, change);
      case ApplyPatch patch -> patches.apply(tx, unit, agentId, patch, expected, change);
    };
  }

  /** The {@code memory} tool. */
  public EditResult command(Owner owner, String agentId, MemoryCommand command, Change change) {
    return database.scope(owner).write(tx -> command(tx, agentId, command, change));
  }

  /** As {@link #command(Owner, String, MemoryCommand, Change)}, as a part of a larger change. */
  public EditResult command(Tx tx, String agentId, MemoryCommand command, Change change) {
    MemoryCommands commands = new MemoryCommands(this, writer);
    return commands.run(tx, journal.unit(tx, change), agentId, command, change);
  }

  EditResult editText(
      Tx tx, Unit unit, String agentId, TextEdit edit, OptionalLong expected, Change change) {
    Block block = BlockLists.byLabel(tx, agentId, edit.label());
    writer.requireWritable(block, change);
    writer.requireFresh(tx, block, expected);
    Block edited =
        writer.put(tx, unit, edit.operation(), block, block.withValue(edit.apply(block.value())));
    return new EditResult(edited.sequence(), List.of(edited), edited.value());
  }
}
