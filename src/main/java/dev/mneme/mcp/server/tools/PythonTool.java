package dev.mneme.mcp.server.tools;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.tool.Caller;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolService;
import java.util.Optional;

/** {@code run_python}: a script of the model, in a sandbox. */
final class PythonTool {
  static final String NAME = "run_python";
  private static final String OF_CONVERSATION = "conversation:";

  private PythonTool() {}

  static McpTool of(ToolService tools) {
    Inputs inputs =
        Inputs.of(
            Input.text(
                "code",
                "The script. The value of its last expression is the result; print also comes"
                    + " back."),
            Input.files(
                "Files for the script, found in /in; each with text, base64, or from: the id of a"
                    + " file that an earlier call made."),
            Input.textOrTrue(
                "session",
                "true: variables and files stay for your next script of this conversation that says"
                    + " so too; a name: for any that names it. Give a name where true is refused."
                    + " The result says when they are lost."),
            Input.flag("reset", "Start the session anew."));
    return new McpTool(
        NAME,
        "Run Python",
        "Runs a Python script in a sandbox without network or your files, with the standard"
            + " library. For calculations, data, and what you would otherwise guess. Files it"
            + " writes to /out come back, plots as pictures. The tools of the library are functions"
            + " in it: import mneme, then mneme.tools.NAME(argument=...); search_tools shows them."
            + " Nothing is kept between calls.",
        inputs.schema(),
        Optional.of(
            Outputs.object()
                .maybeAny("result")
                .maybe("stdout", "string")
                .maybe("stderr", "string")
                .maybe("sandbox", "string")
                .maybe("session", "string")
                .maybe("files", "array")
                .schema()),
        new ToolAnnotations(true, false, false, false),
        Icons.TOOL,
        (context, given) -> {
          Arguments arguments = inputs.read(NAME, given);
          Hearing hearing = new Hearing(context);
          ToolOutcome outcome =
              tools.runPython(
                  Caller.of(context.owner(), Caller.Face.MCP),
                  arguments.text("code"),
                  setup(context, arguments),
                  hearing);
          return switch (outcome) {
            case ToolOutcome.Success success ->
                Outcomes.wrapped(NAME, success, hearing.place(), hearing.session());
            case ToolOutcome.Failure failure -> Outcomes.failed(NAME, failure, hearing.session());
          };
        });
  }

  private static Setup setup(CallContext context, Arguments arguments) {
    Optional<SessionUse> session =
        arguments
            .textOrTrue("session", OF_CONVERSATION)
            .map(name -> name.equals(OF_CONVERSATION) ? ofConversation(context) : name)
            .map(name -> new SessionUse(name, arguments.flag("reset")));
    return new Setup(arguments.files(), session);
  }

  private static String ofConversation(CallContext context) {
    if (!context.isConversation()) {
      throw MnemeException.invalid(
          "session_needs_name",
          "This connection does not say which conversation a call belongs to: give the session a"
              + " name of its own instead of true, such as the task's, and use it in each call.");
    }
    return OF_CONVERSATION + Sha256.hex(context.session()).substring(0, 16);
  }
}
