package dev.mneme.engine.builtin;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.Caller;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolService;
import dev.mneme.tool.Whereabouts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An agent runs code that it wrote, in the sandbox for untrusted code. */
final class CodeTool {
  private final Supplier<ToolService> service;

  CodeTool(Supplier<ToolService> service) {
    this.service = service;
  }

  void addTo(Map<String, BuiltIn> tools) {
    BuiltIn.Waiting tool = this::run;
    tools.put("run_code", tool);
  }

  private String run(Use use, Args args) {
    String language = args.optional("language").orElse("python");
    if (!language.equals("python")) {
      throw MnemeException.invalid(
          "unknown_language", "only python can be run here, not '" + language + "'");
    }
    Whereabouts place = new Whereabouts();
    ToolOutcome outcome =
        service
            .get()
            .runPython(
                Caller.agent(use.owner(), use.agentId(), use.change().run()),
                args.text("code"),
                setup(use, args),
                place);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "results",
        outcome instanceof ToolOutcome.Success done && !done.value().isNull()
            ? List.of(done.value())
            : List.of());
    answer.put("logs", Map.of("stdout", outcome.stdout(), "stderr", outcome.stderr()));
    if (outcome instanceof ToolOutcome.Success done && !done.artifacts().isEmpty()) {
      answer.put("files", done.artifacts().stream().map(CodeTool::shown).toList());
    }
    place.session().ifPresent(state -> answer.put("session", state.text()));
    if (outcome instanceof ToolOutcome.Failure failure) {
      answer.put(
          "error", failure.traceback().isEmpty() ? failure.message() : failure.traceback().strip());
    }
    return Json.write(answer);
  }

  private static Map<String, String> shown(Artifact file) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("name", file.name());
    file.id().ifPresent(id -> shown.put("id", id));
    return shown;
  }

  /** Each conversation of an agent has a session of its own. */
  private static Setup setup(Use use, Args args) {
    InputFiles files = InputFiles.read(args.all().path(InputFiles.ARGUMENT));
    return new Setup(
        files,
        args.flag("session")
            ? Optional.of(new SessionUse(use.conversation().id(), args.flag("reset")))
            : Optional.empty());
  }
}
