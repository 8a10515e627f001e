package dev.mneme.cli;

import dev.mneme.app.ApprovalDesk;
import dev.mneme.sandbox.consent.ConsentRequest;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme approvals list}. */
@Command(
    name = "list",
    description = "Lists the calls that wait for a person's consent, oldest first.",
    mixinStandardHelpOptions = true)
final class ApprovalsListCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Override
  public Integer call() {
    try (ApprovalDesk desk = ApprovalDesk.open(settings.load())) {
      List<ConsentRequest> waiting = desk.waiting();
      waiting.forEach(request -> System.out.println(text(request)));
      if (waiting.isEmpty()) {
        System.err.println("mneme: no call waits for consent");
      }
    }
    return ExitCode.OK;
  }

  /** Nothing a model or another server wrote may move the cursor of whoever reads this. */
  static String text(ConsentRequest request) {
    StringBuilder text = new StringBuilder();
    text.append(request.id()).append("  ").append(request.createdAt());
    text.append("  ").append(request.source()).append(" tool ").append(request.tool());
    text.append(", owner ").append(request.ownerName()).append(", over ").append(request.face());
    request.agentId().ifPresent(agent -> text.append(", for ").append(agent));
    text.append("\n    arguments: ").append(clean(request.arguments()));
    request.why().lines().forEach(line -> text.append("\n    ").append(clean(line)));
    return text.toString();
  }

  private static String clean(String line) {
    return line.replaceAll("\\p{Cntrl}", "?");
  }
}
