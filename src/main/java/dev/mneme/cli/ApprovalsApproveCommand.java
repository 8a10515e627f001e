package dev.mneme.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme approvals approve}. */
@Command(
    name = "approve",
    description = "Lets a call be made once, within an hour; its caller makes it again.",
    mixinStandardHelpOptions = true)
final class ApprovalsApproveCommand implements Callable<Integer> {
  @Mixin private ApprovalOptions options = new ApprovalOptions();

  @Override
  public Integer call() {
    return options.resolve(true);
  }
}
