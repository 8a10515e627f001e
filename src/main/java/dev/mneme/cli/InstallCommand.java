package dev.mneme.cli;

import dev.mneme.cli.install.Client;
import dev.mneme.cli.install.Entry;
import dev.mneme.cli.install.FileEdit;
import dev.mneme.cli.install.Installation;
import dev.mneme.cli.install.Places;
import dev.mneme.common.MnemeException;
import java.io.Console;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mneme install}. */
@Command(
    name = "install",
    description = "Connects an assistant: adds Mneme to its list of MCP servers.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Clients: claude-code, claude-desktop, codex, copilot-cli, cursor, vscode, windsurf, zed,",
      "and json, which prints the entry that most other clients take.",
      "It shows what changes in the client's configuration file, asks, and keeps a copy of the"
          + " file.",
      "No key or other secret is ever written.",
      "",
      "Examples:",
      "  mneme install claude-code",
      "  mneme install cursor --agent work         this client's memory is that of the agent"
          + " 'work'",
      "  mneme install cursor --agent work --name mneme-work    besides that under 'mneme': an"
          + " agent's",
      "                                            entry has no library and no run_python",
      "  mneme install vscode --project --yes      for the project in this folder, without asking",
      "  mneme install zed --print                 only prints what to paste"
    })
final class InstallCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CLIENT", description = "The assistant to connect.")
  private String client = "";

  @Option(names = "--print", description = "Only print what to paste.")
  private boolean print;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--project",
      description = "For the project in this folder instead of everywhere.")
  private boolean project;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The server's name in the client (default: mneme).")
  private String name = "mneme";

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      description =
          "The agent whose memory and attached tools are all this client gets: no other agents, no"
              + " tool library, no run_python (default: everything).")
  private @Nullable String agent;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: the one 'mneme mcp' uses by default).")
  private @Nullable Path data;

  @Override
  public Integer call() {
    Client known = Client.of(client);
    FileEdit edit = known.edit(new Entry(name, launcher(), arguments()));
    if (print || known.equals(Client.JSON)) {
      System.out.print(edit.alone());
      return ExitCode.OK;
    }
    Path file = file(known);
    Installation installation;
    try {
      installation = Installation.prepare(file, edit);
    } catch (MnemeException e) {
      if (!e.code().equals("cannot_edit")) {
        throw e;
      }
      System.err.println(
          "mneme: " + file + " was left as it is: " + e.message() + ". Add this to it yourself:");
      System.out.print(edit.alone());
      return ExitCode.FAILURE;
    }
    return install(known, installation);
  }

  private int install(Client known, Installation installation) {
    if (installation.changesNothing()) {
      System.err.println("mneme: " + installation.file() + " has this entry already.");
      return ExitCode.OK;
    }
    System.err.println(installation.difference());
    if (!yes && !agreed()) {
      System.err.println("mneme: nothing was changed.");
      return ExitCode.FAILURE;
    }
    installation
        .make(LocalDateTime.now(ZoneId.systemDefault()))
        .ifPresent(copy -> System.err.println("mneme: the file as it was: " + copy));
    System.err.println("mneme: done. " + known.next());
    System.err.println(
        "mneme: put the lines of mcp-config/AGENTS.md into the file your assistant reads;"
            + " assistants rarely use a memory that nobody told them about.");
    return ExitCode.OK;
  }

  private static boolean agreed() {
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                MnemeException.invalid(
                    "cannot_ask",
                    "There is no terminal to ask on. Add --yes to agree, or --print."));
    String answer = console.readLine("Change this file? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private Path file(Client known) {
    if (!project) {
      return known.userFile(Places.ofThisUser());
    }
    return known
        .projectFile(Path.of("").toAbsolutePath())
        .orElseThrow(() ->
            MnemeException.invalid(
                "no_project_file", known.id() + " has no configuration by project."));
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("mcp"));
    if (data != null) {
      arguments.addAll(List.of("--data", data.toAbsolutePath().normalize().toString()));
    }
    if (agent != null) {
      arguments.addAll(List.of("--agent", agent));
    }
    return arguments;
  }

  private static String launcher() {
    String launcher = System.getenv("MNEME_LAUNCHER");
    return launcher == null || launcher.isEmpty() ? "mneme" : launcher;
  }
}
