package dev.mneme.cli;

import dev.mneme.common.MnemeException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mneme mcp}, as far as help goes: the launcher starts the relay for it. */
@Command(
    name = "mcp",
    description = "Speaks MCP on standard input and output; assistants start it, people need not.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It passes everything on to the server of the data folder, and starts one in the background",
      "when none runs; that one ends by itself some minutes after the last window has closed.",
      "It never builds: run 'mneme build' or 'mneme serve' once before.",
      "",
      "Example (Claude Code):",
      "  claude mcp add --scope user mneme -- /path/to/mneme mcp"
    })
final class McpCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $$MNEME_DATA, else ~/.mneme).")
  private @Nullable String data;

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description =
          "The agent whose memory and attached tools are all there is: no other agents, no tool"
              + " library, no run_python (default: $$MNEME_AGENT).")
  private @Nullable String agent;

  @Override
  public Integer call() {
    throw MnemeException.invalid(
        "needs_launcher",
        "The relay is a program of its own; start it with the launcher: mneme mcp"
            + (data == null ? "" : " --data " + data)
            + (agent == null ? "" : " --agent " + agent));
  }
}
