package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.mcp.client.ServerList;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One server of somebody's. */
final class McpServerOptions {
  @Mixin private McpDeskOptions desk = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  McpDesk open() {
    return desk.open();
  }

  ServerList.Wanted server(McpDesk open) {
    return open.get(desk.owner(), name);
  }

  String name() {
    return name;
  }
}
