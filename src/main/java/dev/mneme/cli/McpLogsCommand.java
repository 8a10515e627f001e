package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme mcp-servers logs}. */
@Command(
    name = "logs",
    description = "Prints the last lines a program said beside the protocol.",
    mixinStandardHelpOptions = true)
final class McpLogsCommand implements Callable<Integer> {
  @Mixin private McpServerOptions options = new McpServerOptions();

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      String log = desk.log(options.server(desk));
      if (log.isBlank()) {
        System.err.println("mneme: it has said nothing");
      } else {
        System.out.println(log.strip());
      }
    }
    return ExitCode.OK;
  }
}
