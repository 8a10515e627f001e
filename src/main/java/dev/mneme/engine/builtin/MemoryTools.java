package dev.mneme.engine.builtin;

import dev.mneme.memory.BlockService;
import dev.mneme.memory.MemoryCommand;
import dev.mneme.memory.edit.ApplyPatch;
import dev.mneme.memory.edit.BlockEdit;
import dev.mneme.memory.edit.TextEdit;
import java.util.Map;
import java.util.function.Function;

/** An agent edits its blocks. */
final class MemoryTools {
  private final BlockService blocks;

  MemoryTools(BlockService blocks) {
    this.blocks = blocks;
  }

  void addTo(Map<String, BuiltIn> tools) {
    edit(tools, "core_memory_append", a -> new TextEdit.Append(a.text("label"), a.text("content")));
    edit(
        tools,
        "core_memory_replace",
        a ->
            new TextEdit.ReplaceAll(a.text("label"), a.text("old_content"), a.text("new_content")));
    edit(
        tools,
        "memory_replace",
        a -> new TextEdit.ReplaceOnce(a.text("label"), a.text("old_string"), a.text("new_string")));
    edit(
        tools,
        "memory_insert",
        a ->
            new TextEdit.Insert(
                a.text("label"), a.text("new_string"), a.number("insert_line").orElse(-1)));
    edit(tools, "memory_rethink", a -> new TextEdit.Rethink(a.text("label"), a.text("new_memory")));
    edit(tools, "memory_apply_patch", a -> new ApplyPatch(a.text("label"), a.text("patch")));
    stored(
        tools,
        "memory",
        (tx, use, args) -> {
          args.text("command");
          return blocks
              .command(tx, use.agentId(), MemoryCommand.of(args.map()), use.change())
              .message();
        });
    stored(tools, "memory_finish_edits", (_, _, _) -> BuiltIn.NONE);
  }

  private void edit(Map<String, BuiltIn> tools, String name, Function<Args, BlockEdit> reading) {
    stored(
        tools,
        name,
        (tx, use, args) ->
            blocks.edit(tx, use.agentId(), reading.apply(args), use.change()).message());
  }

  private static void stored(Map<String, BuiltIn> tools, String name, BuiltIn.Stored tool) {
    tools.put(name, tool);
  }
}
