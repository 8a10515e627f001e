package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mneme sandbox}: the group of commands about the containers tools run in. */
@Command(
    name = "sandbox",
    description = "Builds the image that untrusted tools run in, and packages for them.",
    synopsisSubcommandLabel = "build | packages",
    mixinStandardHelpOptions = true,
    subcommands = {SandboxBuildCommand.class, PackagesCommand.class})
final class SandboxCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say which: mneme sandbox build or packages");
  }
}
