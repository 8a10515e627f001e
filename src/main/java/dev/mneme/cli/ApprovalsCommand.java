package dev.mneme.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mneme approvals}: the group of commands about calls that wait for consent. */
@Command(
    name = "approvals",
    description = "Lists, approves and denies calls of tools that wait for a person's consent.",
    synopsisSubcommandLabel = "list | approve | deny",
    mixinStandardHelpOptions = true,
    subcommands = {
      ApprovalsListCommand.class,
      ApprovalsApproveCommand.class,
      ApprovalsDenyCommand.class
    })
final class ApprovalsCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Say which: mneme approvals list, approve or deny");
  }
}
