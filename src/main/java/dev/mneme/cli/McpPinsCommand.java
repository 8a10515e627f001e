package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.mcp.client.Pin;
import dev.mneme.mcp.client.ServerList;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mneme mcp-servers pins}. */
@Command(
    name = "pins",
    description = "Shows which tools changed since they were first used, and approves that.",
    mixinStandardHelpOptions = true)
final class McpPinsCommand implements Callable<Integer> {
  @Mixin private McpServerOptions options = new McpServerOptions();

  @Option(
      names = "--approve",
      paramLabel = "TOOL",
      description = "Take this tool as it is now; all for every one that changed.")
  private @Nullable String approve;

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      ServerList.Wanted server = options.server(desk);
      if (approve != null) {
        Optional<String> tool = approve.equals("all") ? Optional.empty() : Optional.of(approve);
        desk.approvePins(server, tool).forEach(each -> System.out.println("approved: " + each));
        return ExitCode.OK;
      }
      desk.pins(server).forEach(McpPinsCommand::show);
    }
    return ExitCode.OK;
  }

  private static void show(Pin pin) {
    String state = pin.changed() ? "changed" : pin.present() ? "as pinned" : "gone";
    System.out.println(
        String.format(
            Locale.ROOT, "%-9s %s %s", state, pin.pinned().sha256().substring(0, 12), pin.tool()));
    if (pin.changed()) {
      pin.difference().forEach(line -> System.out.println("    " + line));
    }
  }
}
