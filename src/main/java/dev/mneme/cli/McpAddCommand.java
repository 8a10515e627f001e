package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.cli.install.Entry;
import dev.mneme.cli.install.ServersEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers add}. */
@Command(
    name = "add",
    description = "Writes a program into servers.json.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Give the command after --, so that its own options stay its own.",
      "",
      "Example:",
      "  mneme mcp-servers add files -- npx -y @modelcontextprotocol/server-filesystem /srv/notes"
    })
final class McpAddCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(index = "0", paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments.")
  private List<String> command = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    try (McpDesk desk = options.open()) {
      Entry entry = new Entry(name, command.getFirst(), command.subList(1, command.size()));
      String text = Files.exists(desk.file()) ? Files.readString(desk.file()) : "";
      Files.writeString(desk.file(), ServersEdit.of(entry).apply(text));
      System.out.println(name + " stands in " + desk.file() + " now.");
    }
    return ExitCode.OK;
  }
}
