package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.common.Json;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.EditResult;
import dev.mneme.memory.MemoryCommand;
import dev.mneme.memory.edit.ApplyPatch;
import dev.mneme.memory.edit.BlockEdit;
import dev.mneme.memory.edit.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The six editing operations, and {@code memory}, which shows blocks as files. */
final class EditTools {
  private static final Input LABEL =
      Input.text("label", "Which block, such as human or persona; memory_view shows all.");
  private static final Input EXPECTED =
      Input.whole(
              "expected_sequence",
              1,
              Long.MAX_VALUE,
              "The block's sequence when you last read it. When given, and the block has changed"
                  + " since, nothing is written and you get the difference.")
          .optional();

  private final BlockService blocks;
  private final Callers callers;

  EditTools(BlockService blocks, Callers callers) {
    this.blocks = blocks;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(
        edit(
            "core_memory_append",
            "Add to a memory block",
            "Adds a line at the end of a memory block. For a new durable fact about the user or"
                + " the work.",
            ToolAnnotations.ADD,
            a -> new TextEdit.Append(a.text("label"), a.text("content")),
            LABEL,
            Input.text("content", "The line to add.")),
        edit(
            "core_memory_replace",
            "Replace text in a memory block",
            "Replaces every occurrence of a text in a memory block. For a name or word that"
                + " changed everywhere. An empty new_content removes it.",
            ToolAnnotations.CHANGE,
            a ->
                new TextEdit.ReplaceAll(
                    a.text("label"), a.text("old_content"), a.text("new_content")),
            LABEL,
            Input.text("old_content", "The text that stands there now, exactly."),
            Input.text("new_content", "What to put in its place.")),
        edit(
            "memory_insert",
            "Insert lines into a memory block",
            "Inserts text into a memory block after a line. The usual way to write down something"
                + " new.",
            ToolAnnotations.ADD,
            a ->
                new TextEdit.Insert(
                    a.text("label"), a.text("new_string"), a.whole("insert_line", -1)),
            LABEL,
            Input.text("new_string", "The text to insert, without line numbers."),
            Input.whole(
                    "insert_line",
                    -1,
                    10_000_000,
                    "After which line: 0 is the top, -1 (or left out) the end.")
                .optional()),
        edit(
            "memory_replace",
            "Correct a memory block",
            "Replaces a text that occurs exactly once in a memory block. The usual way to correct"
                + " or remove something outdated; an empty new_string removes it.",
            ToolAnnotations.CHANGE,
            a ->
                new TextEdit.ReplaceOnce(
                    a.text("label"), a.text("old_string"), a.text("new_string")),
            LABEL,
            Input.text(
                "old_string",
                "The text that stands there now, exactly, with enough around it to be unique."),
            Input.text("new_string", "What to put in its place.")),
        edit(
            "memory_rethink",
            "Rewrite a memory block",
            "Replaces the whole value of a memory block. For tidying up: condensing, reordering,"
                + " removing what is outdated. Keep what still matters.",
            ToolAnnotations.CHANGE,
            a -> new TextEdit.Rethink(a.text("label"), a.text("new_memory")),
            LABEL,
            Input.text("new_memory", "The complete new value.")),
        edit(
            "memory_apply_patch",
            "Patch memory blocks",
            "Applies a unified diff to one block, or to several with headers '*** Add Block:"
                + " label', '*** Update Block: label', '*** Delete Block: label', '*** Move to:"
                + " label'. All or nothing. For several changes at once.",
            ToolAnnotations.CHANGE,
            a -> new ApplyPatch(a.text("label"), a.text("patch")),
            Input.text("label", "The block that is meant where the patch has no header."),
            Input.text(
                "patch",
                "Lines that begin with a space (context), '-' (remove) or '+' (add); '@@' between"
                    + " places.")),
        memory());
  }

  private McpTool edit(
      String name,
      String title,
      String description,
      ToolAnnotations hints,
      Function<Arguments, BlockEdit> edit,
      Input... own) {
    Inputs inputs = Inputs.of(own).and(EXPECTED, Callers.AGENT, Callers.RUN);
    return new McpTool(
        name,
        title,
        description,
        inputs.schema(),
        Optional.of(Edits.SCHEMA),
        hints,
        Icons.MEMORY,
        (context, given) -> {
          Arguments arguments = inputs.read(name, given);
          Agent agent = callers.agent(context, arguments);
          return Edits.reply(
              agent,
              blocks.edit(
                  context.owner(),
                  agent.id(),
                  edit.apply(arguments),
                  arguments.whole("expected_sequence"),
                  Callers.change(context, arguments)));
        });
  }

  private McpTool memory() {
    Inputs inputs =
        Inputs.of(
            Input.choice(
                "command",
                "create makes a block (path, description, optional file_text); str_replace and"
                    + " insert edit it; delete takes it from the agent; rename gives it a new label"
                    + " or description.",
                "create",
                "str_replace",
                "insert",
                "delete",
                "rename"),
            Input.text("path", "The block as /memories/<label>.").optional(),
            Input.text("file_text", "create: the first value.").optional(),
            Input.text("description", "create, rename: what the block is for.").optional(),
            Input.text("old_string", "str_replace: the text that stands there now.").optional(),
            Input.text("new_string", "str_replace: what to put in its place.").optional(),
            Input.whole("insert_line", -1, 10_000_000, "insert: after which line; -1 is the end.")
                .optional(),
            Input.text("insert_text", "insert: the text.").optional(),
            Input.text("old_path", "rename: the block as it is called now.").optional(),
            Input.text("new_path", "rename: what to call it.").optional(),
            Callers.AGENT,
            Callers.RUN);
    return new McpTool(
        "memory",
        "Manage memory blocks",
        "Makes, edits, removes and renames memory blocks as if they were files under /memories."
            + " For a new topic that deserves a block of its own, such as a project.",
        inputs.schema(),
        Optional.of(Edits.SCHEMA),
        ToolAnnotations.CHANGE,
        Icons.MEMORY,
        (context, given) -> {
          Arguments arguments = inputs.read("memory", given);
          Agent agent = callers.agent(context, arguments);
          MemoryCommand command = MemoryCommand.of(plain(given));
          return Edits.reply(agent, run(context, arguments, agent, command));
        });
  }

  private EditResult run(
      CallContext context, Arguments arguments, Agent agent, MemoryCommand command) {
    return blocks.command(context.owner(), agent.id(), command, Callers.change(context, arguments));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> plain(ObjectNode given) {
    return Json.mapper().convertValue(given, Map.class);
  }

  /** What an edit answers. */
  private static final class Edits {
    static final ObjectNode SCHEMA =
        Outputs.object()
            .text("agent")
            .text("message")
            .whole("sequence")
            .list(
                "blocks",
                Outputs.object()
                    .text("label")
                    .text("value")
                    .whole("characters")
                    .whole("limit")
                    .whole("sequence")
                    .schema())
            .schema();

    static ToolReply reply(Agent agent, EditResult result) {
      ObjectNode reply = JsonNodeFactory.instance.objectNode();
      reply.put("agent", agent.name());
      boolean single = result.blocks().size() == 1;
      reply.put(
          "message",
          single
              ? "Done. To take it back: memory_undo with sequence " + result.sequence() + "."
              : result.message());
      reply.put("sequence", result.sequence());
      var list = reply.putArray("blocks");
      for (Block block : result.blocks()) {
        list.addObject()
            .put("label", block.label())
            .put("value", block.value())
            .put("characters", block.length())
            .put("limit", block.limit())
            .put("sequence", block.sequence());
      }
      return ToolReply.of(reply);
    }
  }
}
