package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.ServerList;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerSpec;
import java.io.Console;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme mcp-servers approve}. */
@Command(
    name = "approve",
    description = "Lets a program that came over the API start, after showing it.",
    mixinStandardHelpOptions = true)
final class McpApproveCommand implements Callable<Integer> {
  @Mixin private McpServerOptions options = new McpServerOptions();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      ServerList.Wanted server = options.server(desk);
      System.out.println("It runs with all rights of the user who runs Mneme:");
      server
          .spec()
          .ifPresent(spec ->
              System.out.println("  " + spec.endpoint().shown().replaceAll("\\p{Cntrl}", "?")));
      if (server.spec().map(ServerSpec::endpoint).orElse(null) instanceof Endpoint.Stdio stdio) {
        new TreeMap<>(stdio.environment())
            .forEach((key, value) -> System.out.println("  with " + key + "=" + shown(value)));
      }
      if (!yes && !isYes()) {
        System.err.println("mneme: nothing was changed");
        return ExitCode.FAILURE;
      }
      desk.approve(server);
      System.out.println("It may start now, as it is; a change has to be approved anew.");
    }
    return ExitCode.OK;
  }

  private static boolean isYes() {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                MnemeException.invalid(
                    "cannot_ask", "There is no terminal to ask on. Look at it, then add --yes."));
    String answer = console.readLine("Let it start? [y/N] ");
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }

  private static String shown(String value) {
    return value.replaceAll("\\p{Cntrl}", "?");
  }
}
