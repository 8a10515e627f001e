package dev.mneme.memory;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.edit.TextEdit;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Unit;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.OptionalLong;

/** Carries out the commands of the {@code memory} tool. */
final class MemoryCommands {
  private final BlockService blocks;
  private final BlockWriter writer;

  MemoryCommands(BlockService blocks, BlockWriter writer) {
    this.blocks = blocks;
    this.writer = writer;
  }

  EditResult run(Tx tx, Unit unit, String agentId, MemoryCommand c, Change change) {
    return switch (c.command()) {
      case "create" -> create(tx, unit, agentId, c);
      case "str_replace" ->
          edit(
              tx,
              unit,
              agentId,
              new TextEdit.ReplaceOnce(
                  MemoryCommand.label(c.need(c.path(), "path")),
                  c.need(c.oldString(), "old_string"),
                  c.need(c.newString(), "new_string")),
              change);
      case "insert" ->
          edit(
              tx,
              unit,
              agentId,
              new TextEdit.Insert(
                  MemoryCommand.flatLabel(c.need(c.path(), "path")),
                  c.need(c.insertText(), "insert_text"),
                  c.insertLine().orElse(-1)),
              change);
      case "delete" -> delete(tx, unit, agentId, c, change);
      case "rename" -> rename(tx, unit, agentId, c, change);
      default ->
          throw MnemeException.invalid(
              "unknown_command",
              "The memory tool knows create, str_replace, insert, delete and rename, not '"
                  + c.command()
                  + "'.");
    };
  }

  private EditResult edit(Tx tx, Unit unit, String agentId, TextEdit edit, Change change) {
    return blocks.editText(tx, unit, agentId, edit, OptionalLong.empty(), change);
  }

  private EditResult create(Tx tx, Unit unit, String agentId, MemoryCommand c) {
    String label = MemoryCommand.label(c.need(c.path(), "path"));
    String description = c.need(c.description(), "description");
    Block block =
        blocks.createFor(
            tx, unit, agentId, BlockDraft.of(label, c.fileText().orElse(""), description));
    return new EditResult(
        unit.lastSequence(), List.of(block), "Created memory block '" + label + "'.");
  }

  private EditResult delete(Tx tx, Unit unit, String agentId, MemoryCommand c, Change change) {
    Block block =
        BlockLists.byLabel(tx, agentId, MemoryCommand.flatLabel(c.need(c.path(), "path")));
    writer.requireWritable(block, change);
    writer.detach(tx, unit, agentId, block.id());
    return new EditResult(
        unit.lastSequence(),
        List.of(),
        "Removed memory block '" + block.label() + "' from this agent; undo brings it back.");
  }

  private EditResult rename(Tx tx, Unit unit, String agentId, MemoryCommand c, Change change) {
    boolean describes = c.oldPath().isEmpty() && c.path().isPresent();
    String from = describes ? c.need(c.path(), "path") : c.need(c.oldPath(), "old_path");
    Block block = BlockLists.byLabel(tx, agentId, MemoryCommand.flatLabel(from));
    writer.requireWritable(block, change);
    Block after =
        describes
            ? block.withDescription(c.need(c.description(), "description"))
            : block.withLabel(MemoryCommand.flatLabel(c.need(c.newPath(), "new_path")));
    Block renamed = writer.put(tx, unit, "memory_rename", block, after);
    return new EditResult(
        unit.lastSequence(),
        List.of(renamed),
        describes
            ? "Changed the description of memory block '" + block.label() + "'."
            : "Renamed memory block '" + block.label() + "' to '" + renamed.label() + "'.");
  }
}
