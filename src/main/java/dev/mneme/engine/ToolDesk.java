package dev.mneme.engine;

import dev.mneme.common.Texts;
import dev.mneme.engine.builtin.Args;
import dev.mneme.engine.builtin.BuiltIn;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.ToolErrors;
import dev.mneme.engine.builtin.Use;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.ToolReturn;
import dev.mneme.store.Tx;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolCard;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one tool call; whatever happens becomes a return that the model reads. Thread-safe. */
final class ToolDesk {
  static final String CANCELLED = "The call was cancelled before it ended.";
  private static final Logger log = LoggerFactory.getLogger(ToolDesk.class);

  /** What is shown whole however long it is. */
  private static final Set<String> UNCUT = Set.of("conversation_search", "archival_memory_search");

  /** Built-ins that bring what strangers wrote. */
  private static final Set<String> OUTSIDE = Set.of("web_search", "fetch_webpage");

  private final ToolRunner runner;

  ToolDesk(ToolRunner runner) {
    this.runner = runner;
  }

  ToolReturn refuse(PlannedCall.Refused refused) {
    return ended(refused.request().id(), refused.request().name(), true, refused.text());
  }

  ToolReturn tell(PlannedCall.Found found) {
    return ended(found.request().id(), found.request().name(), false, found.text());
  }

  ToolReturn cancelled(PlannedCall call) {
    return ended(call.request().id(), call.request().name(), true, CANCELLED);
  }

  /** Runs a built-in within a transaction; its failure undoes only itself. */
  ToolReturn run(Tx tx, Session session, String stepId, PlannedCall.Ready call) {
    BuiltIn.Stored tool = (BuiltIn.Stored) call.builtIn().orElseThrow();
    try {
      Use use = use(session, stepId, call);
      String text = tx.attempt(() -> tool.run(tx, use, new Args(call.arguments())));
      session.remembered |= !call.tool().name().equals(BuiltIns.SEND_MESSAGE);
      return success(call, text, "", "");
    } catch (RuntimeException e) {
      return failed(call, e);
    }
  }

  /** Runs a tool that waits; interrupting the thread ends it. */
  ToolReturn run(Session session, String stepId, PlannedCall.Ready call) {
    try {
      if (call.builtIn().orElse(null) instanceof BuiltIn.Waiting tool) {
        return success(
            call, tool.run(use(session, stepId, call), new Args(call.arguments())), "", "");
      }
      Change change = change(session, stepId, call, Origin.TOOL);
      ToolOutcome outcome =
          runner.run(
              Caller.agent(session.owner, session.profile.agent().id(), change.run()),
              call.tool(),
              call.arguments(),
              change,
              ToolListener.NONE);
      return ended(call, outcome);
    } catch (RuntimeException e) {
      return failed(call, e);
    }
  }

  /** How far the text of a tool can be trusted: memory and messages are the agent's own. */
  static Origin origin(PlannedCall.Ready call) {
    StoredTool tool = call.tool();
    if (OUTSIDE.contains(tool.name()) || tool.type().startsWith("external_")) {
      return Origin.EXTERNAL;
    }
    return tool.type().startsWith("letta_") && !tool.name().startsWith("run_code")
        ? Origin.MODEL
        : Origin.TOOL;
  }

  private static Use use(Session session, String stepId, PlannedCall.Ready call) {
    return new Use(
        session.owner,
        session.conversation(),
        session.zone,
        change(session, stepId, call, Origin.MODEL),
        session.chain,
        session.lineage);
  }

  private static Change change(
      Session session, String stepId, PlannedCall.Ready call, Origin writer) {
    Change change =
        session.lineage.change(
            session.profile.agent().id(), session.run.id(), stepId, call.request().id());
    return writer == Origin.MODEL || change.origin() == Origin.EXTERNAL
        ? change
        : new Change(
            change.actor(),
            writer,
            Optional.of("tool:" + call.tool().name()),
            change.run(),
            change.step(),
            change.toolCall(),
            change.parents());
  }

  private static ToolReturn ended(PlannedCall.Ready call, ToolOutcome outcome) {
    return switch (outcome) {
      case ToolOutcome.Success done ->
          success(
              call,
              done.value().isNull()
                  ? BuiltIn.NONE
                  : done.value().isTextual() ? done.value().asText() : done.value().toString(),
              done.stdout(),
              done.stderr(),
              done.artifacts());
      case ToolOutcome.Failure failure ->
          new ToolReturn(
              call.request().id(),
              call.request().name(),
              true,
              switch (failure.reason()) {
                case CANCELLED -> CANCELLED;
                case TIMEOUT ->
                    ToolErrors.text(call.tool().name(), "TimeoutError", failure.message());
                case LIMIT, UNAVAILABLE ->
                    ToolErrors.text(call.tool().name(), "RuntimeError", failure.message());
                case ERROR -> ToolErrors.text(call.tool().name(), failure.message()) + hint(call);
              },
              text(failure.stdout()),
              text(failure.stderr()));
    };
  }

  private static ToolReturn success(
      PlannedCall.Ready call, String text, String stdout, String stderr) {
    return success(call, text, stdout, stderr, List.of());
  }

  private static ToolReturn success(
      PlannedCall.Ready call, String text, String stdout, String stderr, List<Artifact> files) {
    int limit = call.tool().returnCharLimit();
    String shown =
        text.length() <= limit || UNCUT.contains(call.tool().name())
            ? text
            : Texts.head(text, limit)
                + "… [the return was cut: "
                + text.length()
                + " > "
                + limit
                + " characters]";
    return new ToolReturn(
        call.request().id(),
        call.request().name(),
        false,
        shown + listing(files),
        text(stdout),
        text(stderr));
  }

  /** The model is told what there is, and by which ids later calls can have it. */
  private static String listing(List<Artifact> files) {
    return files.stream()
        .map(file ->
            "\n[file "
                + file.name()
                + ", "
                + file.mediaType()
                + file.id().map(id -> ", id " + id).orElse("")
                + "]")
        .collect(Collectors.joining());
  }

  private static ToolReturn failed(PlannedCall.Ready call, RuntimeException error) {
    if (!(error instanceof dev.mneme.common.MnemeException)) {
      log.error("Tool {} failed", call.tool().name(), error);
    }
    boolean misfit =
        error instanceof dev.mneme.common.MnemeException known
            && known.code().equals("invalid_arguments");
    return ended(
        call.request().id(),
        call.request().name(),
        true,
        ToolErrors.text(call.tool().name(), error) + (misfit ? schema(call) : hint(call)));
  }

  /** What a model needs that called a tool wrongly whose schema it was not shown. */
  private static String hint(PlannedCall.Ready call) {
    return ToolCard.of(call.tool()).refuses(call.arguments()) ? schema(call) : "";
  }

  private static String schema(PlannedCall.Ready call) {
    return call.isShelved() ? "\n" + ToolCard.of(call.tool()).hint() : "";
  }

  private static ToolReturn ended(String id, String tool, boolean isError, String text) {
    return new ToolReturn(id, tool, isError, text, Optional.empty(), Optional.empty());
  }

  private static Optional<String> text(String printed) {
    return printed.isEmpty() ? Optional.empty() : Optional.of(printed);
  }
}
