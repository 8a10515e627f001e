package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mneme sandbox packages}: the group of commands about Python packages for tools. */
@Command(
    name = "packages",
    description = "Builds, lists and removes the sets of Python packages that tools can have.",
    synopsisSubcommandLabel = "build | list | remove",
    mixinStandardHelpOptions = true,
    subcommands = {
      PackagesBuildCommand.class,
      PackagesListCommand.class,
      PackagesRemoveCommand.class
    })
final class PackagesCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say which: mneme sandbox packages build, list or remove");
  }
}
