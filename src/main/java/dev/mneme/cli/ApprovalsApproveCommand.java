package dev.mneme.cli;

import dev.mneme.app.ApprovalDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme approvals approve}. */
@Command(
    name = "approve",
    description = "Lets a call be made once, within an hour; its caller makes it again.",
    mixinStandardHelpOptions = true)
final class ApprovalsApproveCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "ID", description = "The request, as 'mneme approvals list' shows it.")
  private String id = "";

  @Override
  public Integer call() {
    try (ApprovalDesk desk = ApprovalDesk.open(settings.load())) {
      System.out.println(ApprovalsListCommand.text(desk.resolve(id, true)));
    }
    return ExitCode.OK;
  }
}
