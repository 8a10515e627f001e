package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers remove}. */
@Command(
    name = "remove",
    description = "Removes a server that came over the API.",
    mixinStandardHelpOptions = true)
final class McpRemoveCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      desk.remove(desk.get(options.owner(), name));
      System.out.println(name + " was removed.");
    }
    return ExitCode.OK;
  }
}
