package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mneme tools}: the group of commands about the tool library. */
@Command(
    name = "tools",
    description = "Lists, runs and checks the Python tools of tool-library/.",
    synopsisSubcommandLabel = "list | run | check | explain",
    mixinStandardHelpOptions = true,
    subcommands = {
      ToolsListCommand.class,
      ToolsRunCommand.class,
      ToolsCheckCommand.class,
      ToolsExplainCommand.class
    },
    footer = {
      "",
      "They work while a server runs too: they start a worker of their own.",
      "",
      "Examples:",
      "  mneme tools list",
      "  mneme tools run calculator --args '{\"expression\": \"0.1 + 0.2\"}'",
      "  mneme tools check my_tool.py",
      "  mneme tools explain calculator"
    })
final class ToolsCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say which: mneme tools list, run, check or explain");
  }
}
