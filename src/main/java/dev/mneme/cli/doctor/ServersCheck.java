package dev.mneme.cli.doctor;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.McpConfig;
import dev.mneme.app.McpDesk;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.ServerList;
import java.util.List;

/** Which other MCP servers the file names, and what keeps them from starting. */
final class ServersCheck {
  private static final String NAME = "MCP servers";

  private ServersCheck() {}

  static Check run(Config config, Build build) {
    if (config.mcp().stdioOverApi() == McpConfig.StdioOverApi.ALLOW) {
      return Check.note(
          NAME,
          "mcp.stdio-over-api = allow: whoever can call the API of this machine can start any"
              + " program, while only loopback is listened on");
    }
    try (McpDesk desk = McpDesk.ofFile(config, build)) {
      List<ServerList.Wanted> all = desk.list(McpDesk.owner("default"));
      List<String> parked =
          all.stream()
              .filter(server -> !server.parked().isEmpty())
              .map(server -> server.name() + ": " + server.parked())
              .toList();
      return parked.isEmpty()
          ? Check.ok(NAME, all.isEmpty() ? "none are used" : all.size() + " are used")
          : Check.note(NAME, String.join("; ", parked));
    } catch (MnemeException e) {
      return Check.note(NAME, e.message());
    }
  }
}
