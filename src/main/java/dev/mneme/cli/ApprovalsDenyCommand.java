package dev.mneme.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme approvals deny}. */
@Command(name = "deny", description = "Refuses a call.", mixinStandardHelpOptions = true)
final class ApprovalsDenyCommand implements Callable<Integer> {
  @Mixin private ApprovalOptions options = new ApprovalOptions();

  @Override
  public Integer call() {
    return options.resolve(false);
  }
}
