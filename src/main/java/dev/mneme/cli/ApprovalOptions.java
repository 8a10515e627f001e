package dev.mneme.cli;

import dev.mneme.app.ApprovalDesk;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What {@code mneme approvals approve} and {@code deny} have in common: all but the answer. */
final class ApprovalOptions {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "ID", description = "The request, as 'mneme approvals list' shows it.")
  private String id = "";

  int resolve(boolean approve) {
    try (ApprovalDesk desk = ApprovalDesk.open(settings.load())) {
      System.out.println(ApprovalsListCommand.text(desk.resolve(id, approve)));
    }
    return ExitCode.OK;
  }
}
