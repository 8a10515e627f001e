package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers logout}. */
@Command(
    name = "logout",
    description = "Forgets what was got by logging in to a server.",
    mixinStandardHelpOptions = true)
final class McpLogoutCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      boolean had = desk.logout(desk.get(options.owner(), name));
      System.out.println(had ? "Forgotten." : "There was nothing to forget.");
    }
    return ExitCode.OK;
  }
}
