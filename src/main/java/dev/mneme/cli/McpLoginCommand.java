package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers login}. */
@Command(
    name = "login",
    description = "Logs in to a server that wants that (OAuth), with your browser.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It prints an address to open. The browser comes back to a port of this machine; where it"
          + " runs",
      "on another one, forward that port: ssh -L 33418:127.0.0.1:33418 THIS_MACHINE"
    })
final class McpLoginCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = " ",
      description = "Ask for this besides what was asked for before.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--port",
      description = "Where the browser comes back to; default: ${DEFAULT-VALUE}.")
  private int port = 33_418;

  @Override
  public Integer call() {
    try (McpDesk desk = options.open();
        BrowserPerson browser = BrowserPerson.open(port)) {
      desk.login(desk.get(options.owner(), name), scopes, browser);
      System.out.println("Mneme is let in to " + name + ".");
    }
    return ExitCode.OK;
  }
}
