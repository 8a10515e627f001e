package dev.mneme.mcp.server.tools;

import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolService;
import java.util.Optional;

/** {@code run_python}: a script of the model, in a sandbox. */
final class PythonTool {
  private PythonTool() {}

  static McpTool of(ToolService tools) {
    Inputs inputs =
        Inputs.of(
            Input.text(
                "code",
                "The script. The value of its last expression is the result; print also comes"
                    + " back."));
    return new McpTool(
        "run_python",
        "Run Python",
        "Runs a Python script in a sandbox without network or your files, with the standard"
            + " library. For calculations, data, and what you would otherwise guess. Where scripts"
            + " run in containers, files they write to /out come back, plots as pictures. The tools"
            + " of the library are functions in it: import mneme, then"
            + " mneme.tools.NAME(argument=...); search_tools shows them. Nothing is kept between"
            + " calls.",
        inputs.schema(),
        Optional.of(
            Outputs.object()
                .maybeAny("result")
                .maybe("stdout", "string")
                .maybe("stderr", "string")
                .maybe("sandbox", "string")
                .schema()),
        new ToolAnnotations(true, false, false, false),
        Icons.TOOL,
        (context, given) -> {
          Arguments arguments = inputs.read("run_python", given);
          Hearing hearing = new Hearing(context);
          ToolOutcome outcome =
              tools.runPython(
                  Caller.of(context.owner(), Caller.Face.MCP), arguments.text("code"), hearing);
          return switch (outcome) {
            case ToolOutcome.Success success ->
                Outcomes.wrapped("run_python", success, hearing.place());
            case ToolOutcome.Failure failure -> Outcomes.failed("run_python", failure);
          };
        });
  }
}
