package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.ToolErrors;
import dev.mneme.engine.prompt.Arguments;
import dev.mneme.engine.prompt.ChatForm;
import dev.mneme.engine.rules.Allowed;
import dev.mneme.model.ToolRequest;
import dev.mneme.tool.ShelfCall;
import dev.mneme.tool.ShelfTexts;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolShelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which of a model's requests are run, and with which arguments. Thread-safe. */
final class CallPlanner {
  private final BuiltIns builtIns;

  CallPlanner(BuiltIns builtIns) {
    this.builtIns = builtIns;
  }

  List<PlannedCall> plan(Session session, Allowed allowed, List<ToolRequest> requests) {
    return requests.stream().map(request -> plan(session, allowed, request)).toList();
  }

  private PlannedCall plan(Session session, Allowed allowed, ToolRequest request) {
    String name = request.name();
    Optional<StoredTool> tool = session.toolbox.find(name);
    if (tool.isEmpty() && session.toolbox.shelf().size() > 0) {
      if (name.equals(ToolShelf.SEARCH)) {
        return found(session.toolbox.shelf(), request);
      }
      if (name.equals(ToolShelf.CALL)) {
        return shelved(session, allowed, request);
      }
    }
    if (tool.isEmpty()) {
      return new PlannedCall.Refused(
          request,
          ToolErrors.text(
              name,
              "NameError",
              "there is no such tool; the tools are " + session.toolbox.shown(allowed).tools()),
          false);
    }
    if (!allowed.tools().contains(name)) {
      return new PlannedCall.Refused(
          request, session.rules.violation(name, session.toolbox.shown(allowed)), true);
    }
    ObjectNode arguments;
    try {
      arguments = Arguments.require(request.arguments());
    } catch (MnemeException e) {
      return new PlannedCall.Refused(
          request, ToolErrors.text(name, "ValueError", e.message()), false);
    }
    if (session.heartbeats()) {
      arguments.remove(Toolbox.HEARTBEAT);
      arguments.remove(ChatForm.THINKING);
    }
    for (Map.Entry<String, Object> given : session.rules.prefilled(name).entrySet()) {
      arguments.set(given.getKey(), Json.mapper().valueToTree(given.getValue()));
    }
    return new PlannedCall.Ready(request, tool.get(), arguments, builtIns.of(tool.get()));
  }

  private static PlannedCall found(ToolShelf shelf, ToolRequest request) {
    ObjectNode arguments = Arguments.parse(request.arguments());
    return new PlannedCall.Found(
        request, ShelfTexts.found(shelf, ShelfTexts.find(shelf, arguments)));
  }

  /**
   * A call of a tool that is not shown. No rule names such a tool, and none needs approval: those
   * are shown, and called by their own names only.
   */
  private PlannedCall shelved(Session session, Allowed allowed, ToolRequest request) {
    ToolShelf shelf = session.toolbox.shelf();
    ShelfCall call;
    try {
      call = ShelfCall.of(Arguments.require(request.arguments()));
    } catch (MnemeException e) {
      return refused(request, request.name(), "ValueError", e.message());
    }
    if (shelf.card(call.name()).isEmpty()) {
      return refused(
          request,
          call.name(),
          "NameError",
          session.toolbox.find(call.name()).isPresent()
              ? "you are shown this tool; call it by its own name"
              : shelf.near(call.name()));
    }
    if (!allowed.tools().contains(call.name())) {
      return new PlannedCall.Refused(
          request, session.rules.violation(call.name(), session.toolbox.shown(allowed)), true);
    }
    if (session.heartbeats()) {
      call.arguments().remove(Toolbox.HEARTBEAT);
    }
    StoredTool tool = session.toolbox.find(call.name()).orElseThrow();
    return new PlannedCall.Ready(request, tool, call.arguments(), builtIns.of(tool));
  }

  private static PlannedCall refused(
      ToolRequest request, String tool, String kind, String problem) {
    return new PlannedCall.Refused(request, ToolErrors.text(tool, kind, problem), false);
  }

  /** Whether the rules give arguments that the next call's tool does not take. */
  static Optional<String> badPrefill(Session session, List<ToolRequest> requests) {
    for (ToolRequest request : requests) {
      Optional<StoredTool> tool = session.toolbox.find(request.name());
      for (String given : session.rules.prefilled(request.name()).keySet()) {
        if (tool.isPresent()
            && !tool.get().schema().path("parameters").path("properties").has(given)) {
          return Optional.of(
              "A rule gives " + request.name() + " the argument '" + given + "' it does not take.");
        }
      }
    }
    return Optional.empty();
  }
}
