package dev.mneme.cli;

import dev.mneme.app.ApprovalDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme approvals deny}. */
@Command(name = "deny", description = "Refuses a call.", mixinStandardHelpOptions = true)
final class ApprovalsDenyCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "ID", description = "The request, as 'mneme approvals list' shows it.")
  private String id = "";

  @Override
  public Integer call() {
    try (ApprovalDesk desk = ApprovalDesk.open(settings.load())) {
      System.out.println(ApprovalsListCommand.text(desk.resolve(id, false)));
    }
    return ExitCode.OK;
  }
}
