package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers logs}. */
@Command(
    name = "logs",
    description = "Prints the last lines a program said beside the protocol.",
    mixinStandardHelpOptions = true)
final class McpLogsCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      String log = desk.log(desk.get(options.owner(), name));
      if (log.isBlank()) {
        System.err.println("mneme: it has said nothing");
      } else {
        System.out.println(log.strip());
      }
    }
    return ExitCode.OK;
  }
}
