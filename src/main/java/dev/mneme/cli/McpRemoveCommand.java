package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme mcp-servers remove}. */
@Command(
    name = "remove",
    description = "Removes a server that came over the API.",
    mixinStandardHelpOptions = true)
final class McpRemoveCommand implements Callable<Integer> {
  @Mixin private McpServerOptions options = new McpServerOptions();

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      desk.remove(options.server(desk));
      System.out.println(options.name() + " was removed.");
    }
    return ExitCode.OK;
  }
}
