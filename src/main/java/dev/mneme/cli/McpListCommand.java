package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.mcp.client.Pin;
import dev.mneme.mcp.client.ServerList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme mcp-servers list}. */
@Command(
    name = "list",
    description = "Lists the servers, with what keeps one from starting.",
    mixinStandardHelpOptions = true)
final class McpListCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      List<ServerList.Wanted> servers = desk.list(options.owner());
      servers.forEach(server -> System.out.println(line(server, desk.pins(server))));
      if (servers.isEmpty()) {
        System.err.println("mneme: there are none; write " + desk.file() + " or use add");
      }
    }
    return ExitCode.OK;
  }

  private static String line(ServerList.Wanted server, List<Pin> pins) {
    long present = pins.stream().filter(Pin::present).count();
    long changed = pins.stream().filter(Pin::changed).count();
    String place = server.origin().isPresent() ? "api" : "file";
    String how =
        server.spec().map(spec -> spec.endpoint().shown().replaceAll("\\p{Cntrl}", "?")).orElse("");
    return String.format(
            Locale.ROOT, "%-20s %-5s %3d tools  %s", server.name(), place, present, how)
        + (changed == 0 ? "" : "\n    " + changed + " of its tools changed; see pins")
        + (server.parked().isEmpty() ? "" : "\n    parked: " + server.parked());
  }
}
