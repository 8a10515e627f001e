package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mneme mcp-servers}: the group of commands about other MCP servers. */
@Command(
    name = "mcp-servers",
    description = "Lists, tries, approves and removes the MCP servers whose tools Mneme uses.",
    synopsisSubcommandLabel = "list | add | test | login | logout | approve | remove | logs | pins",
    mixinStandardHelpOptions = true,
    subcommands = {
      McpListCommand.class,
      McpAddCommand.class,
      McpTestCommand.class,
      McpLoginCommand.class,
      McpLogoutCommand.class,
      McpApproveCommand.class,
      McpRemoveCommand.class,
      McpLogsCommand.class,
      McpPinsCommand.class
    },
    footer = {
      "",
      "They work while a server runs too, which takes up what they change within seconds.",
      "",
      "Examples:",
      "  mneme mcp-servers add files -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      "  mneme mcp-servers test files",
      "  mneme mcp-servers pins files"
    })
final class McpServersCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say which: mneme mcp-servers list, add, test, login, logout, approve, remove, logs or"
            + " pins");
  }
}
