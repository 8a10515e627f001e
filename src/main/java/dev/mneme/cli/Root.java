package dev.mneme.cli;

import dev.mneme.app.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code mneme} itself: the list of what it can do. */
@Command(
    name = "mneme",
    description = "Memory that assistants keep and you can undo, and Python tools in a sandbox.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Root.ThisVersion.class,
    subcommands = {
      ServeCommand.class,
      McpCommand.class,
      ToolsCommand.class,
      CallsCommand.class,
      ApprovalsCommand.class,
      McpServersCommand.class,
      SandboxCommand.class,
      InstallCommand.class,
      DoctorCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      VersionCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  mneme serve                        the server, on http://127.0.0.1:8283",
      "  mneme install claude-code          connects an assistant, after showing what changes",
      "  mneme tools list                   the Python tools there are",
      "  mneme doctor                       what works here and what does not",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class Root implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  /** Prints the version of this build. */
  static final class ThisVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mneme " + Version.current() + " (Java " + Runtime.version() + ")"};
    }
  }
}
