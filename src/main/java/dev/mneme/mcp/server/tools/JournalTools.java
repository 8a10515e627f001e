package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.resources.EntryJson;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.RedactionService;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Journal;
import dev.mneme.memory.journal.Redacted;
import dev.mneme.memory.journal.Subject;
import dev.mneme.memory.journal.UndoRequest;
import dev.mneme.memory.journal.Undone;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** History, undo, redo and redaction. */
final class JournalTools {
  private static final int LOOK_BACK = 200;

  private final Journal journal;
  private final MemoryHistory history;
  private final RedactionService redaction;
  private final Callers callers;

  JournalTools(
      Journal journal, MemoryHistory history, RedactionService redaction, Callers callers) {
    this.journal = journal;
    this.history = history;
    this.redaction = redaction;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(history(), undo(), redact());
  }

  private McpTool history() {
    Inputs inputs =
        Inputs.of(
            Input.text("label", "Only changes of this block.").optional(),
            Input.text("run", "Only changes of this run; 'this' is the present session.")
                .optional(),
            Input.text("source", "Only what this source wrote, such as mcp:cursor.").optional(),
            Input.whole("before", 1, Long.MAX_VALUE, "Only changes older than this sequence.")
                .optional(),
            Input.whole("limit", 1, 100, "How many; 20 when left out.").optional(),
            Callers.AGENT);
    ObjectNode entry =
        Outputs.object()
            .whole("sequence")
            .text("at")
            .text("actor")
            .text("origin")
            .maybe("source", "string")
            .maybe("run", "string")
            .text("operation")
            .maybe("undone_by", "integer")
            .list("changes", Outputs.object().text("kind").text("id").text("diff").schema())
            .schema();
    return new McpTool(
        "memory_history",
        "Show memory history",
        "Lists the changes of a memory, newest first, with who made them and the difference. Use"
            + " it to find out since when memory says something, and for the sequence or run that"
            + " memory_undo needs.",
        inputs.schema(),
        Optional.of(Outputs.object().text("agent").list("entries", entry).schema()),
        ToolAnnotations.READ,
        Icons.JOURNAL,
        (context, given) -> history(context, inputs.read("memory_history", given)));
  }

  private ToolReply history(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    HistoryQuery query =
        new HistoryQuery(
            Set.of(),
            Set.of(),
            arguments.optional("run").map(run -> run(context, run)),
            arguments.optional("source"),
            boxed(arguments.whole("before")),
            arguments.whole("limit", 20));
    Optional<String> label = arguments.optional("label");
    List<HistoryEntry> entries =
        label.isPresent()
            ? history.ofLabel(context.owner(), agent.id(), label.get(), query)
            : history.ofAgent(context.owner(), agent.id(), query);
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("agent", agent.name());
    ArrayNode list = reply.putArray("entries");
    entries.forEach(entry -> EntryJson.write(entry, list.addObject()));
    return ToolReply.of(reply);
  }

  private McpTool undo() {
    Inputs inputs =
        Inputs.of(
            Input.whole("sequence", 1, Long.MAX_VALUE, "Take back the edit with this sequence.")
                .optional(),
            Input.text("run", "Take back all changes of this run; 'this' is the present session.")
                .optional(),
            Input.text(
                    "source", "Take back all that this source wrote, and what was derived from it.")
                .optional(),
            Input.flag(
                "redo", "With sequence: take back the undo that has this sequence, instead."),
            Callers.AGENT);
    return new McpTool(
        "memory_undo",
        "Undo memory changes",
        "Takes back one edit, a whole run, or all from one source. Without arguments: the last edit"
            + " of this session. Later edits elsewhere stay as they are; where one touches the same"
            + " place nothing is undone and you are told. An undo can be undone with redo.",
        inputs.schema(),
        Optional.of(
            Outputs.object()
                .wholes("undone")
                .wholes("sequences")
                .texts("changed")
                .text("message")
                .schema()),
        new ToolAnnotations(false, true, true, false),
        Icons.JOURNAL,
        (context, given) -> undo(context, inputs.read("memory_undo", given)));
  }

  private ToolReply undo(CallContext context, Arguments arguments) {
    OptionalLong sequence = arguments.whole("sequence");
    Optional<String> run = arguments.optional("run");
    Optional<String> source = arguments.optional("source");
    int given =
        (sequence.isPresent() ? 1 : 0) + (run.isPresent() ? 1 : 0) + (source.isPresent() ? 1 : 0);
    if (given > 1) {
      throw MnemeException.invalid(
          "invalid_arguments",
          "Give only one of sequence, run and source; memory_history shows them.");
    }
    Change change = Callers.alone(context);
    Undone undone =
        sequence.isPresent() && arguments.flag("redo")
            ? journal.redo(context.owner(), sequence.getAsLong(), change)
            : journal.undo(context.owner(), request(context, sequence, run, source), change);
    return reply(undone);
  }

  private UndoRequest request(
      CallContext context, OptionalLong sequence, Optional<String> run, Optional<String> source) {
    if (sequence.isPresent()) {
      return UndoRequest.call(sequence.getAsLong());
    }
    return run.<UndoRequest>map(name -> UndoRequest.run(run(context, name)))
        .or(() -> source.map(UndoRequest::source))
        .orElseGet(() -> UndoRequest.call(lastOf(context)));
  }

  /** The newest change of the session that holds still. */
  private long lastOf(CallContext context) {
    return journal
        .history(context.owner(), HistoryQuery.all(LOOK_BACK).ofRun(context.session()))
        .stream()
        .filter(entry -> entry.undoneBy().isEmpty())
        .findFirst()
        .orElseThrow(() ->
            MnemeException.notFound(
                "nothing_to_undo",
                "This session has changed nothing that could be taken back; memory_history"
                    + " shows what others changed."))
        .entry()
        .sequence();
  }

  private static ToolReply reply(Undone undone) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    ArrayNode taken = reply.putArray("undone");
    undone.undone().forEach(taken::add);
    ArrayNode sequences = reply.putArray("sequences");
    undone.sequences().forEach(sequences::add);
    ArrayNode changed = reply.putArray("changed");
    undone.subjects().forEach(subject -> changed.add(subject.kind() + " " + subject.id()));
    reply.put(
        "message",
        undone.sequences().isEmpty()
            ? "There was nothing left to take back."
            : "Taken back. To reverse this: memory_undo with sequence "
                + undone.sequences().getLast()
                + " and redo true.");
    return ToolReply.of(reply);
  }

  private McpTool redact() {
    Inputs inputs =
        Inputs.of(
            Input.text("text", "The exact text that must vanish, at least 4 characters."),
            Input.text("target", "Only here: the id of a block, archive or passage.").optional(),
            Callers.AGENT);
    return new McpTool(
        "memory_redact",
        "Remove a text for good",
        "Removes a text, such as a password that was stored by mistake, from memory and from its"
            + " whole history. This cannot be undone. For ordinary mistakes use memory_undo.",
        inputs.schema(),
        Optional.of(
            Outputs.object().whole("contents_removed").texts("changed").text("message").schema()),
        new ToolAnnotations(false, true, true, false),
        Icons.JOURNAL,
        (context, given) -> redact(context, inputs.read("memory_redact", given)));
  }

  private ToolReply redact(CallContext context, Arguments arguments) {
    String target =
        arguments.optional("target").orElseGet(() -> callers.agent(context, arguments).id());
    Redacted redacted =
        redaction.redact(context.owner(), target, arguments.text("text"), Callers.alone(context));
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("contents_removed", redacted.contents());
    ArrayNode changed = reply.putArray("changed");
    for (Subject subject : redacted.subjects()) {
      changed.add(subject.kind() + " " + subject.id());
    }
    reply.put(
        "message",
        redacted.subjects().isEmpty()
            ? "The text was found nowhere; check that it is exactly as it was stored."
            : "The text is gone from memory and its history. Copies in backups and in this"
                + " conversation are not reached.");
    return ToolReply.of(reply);
  }

  private static String run(CallContext context, String name) {
    return name.equals("this") ? context.session() : name;
  }

  private static Optional<Long> boxed(OptionalLong value) {
    return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
  }
}
