package dev.mneme.cli;

import dev.mneme.app.Config;
import dev.mneme.app.Explanation;
import dev.mneme.sandbox.policy.Effective;
import dev.mneme.tool.ToolIdentity;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mneme tools explain}. */
@Command(
    name = "explain",
    description = "Says what a tool may do, and where each line of that comes from.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "run_python stands for the scripts of models.",
      "",
      "Example:",
      "  mneme tools explain calculator"
    })
final class ToolsExplainCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "NAME", description = "A tool of the library or of the data folder.")
  private String name = "";

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Whose tool, by the name in auth.keys; default: ${DEFAULT-VALUE}.")
  private String owner = "default";

  @Override
  public Integer call() {
    Config config = settings.load();
    try (Bench bench = Bench.open(config)) {
      bench.settledCatalog();
      for (Explanation explanation : Explanation.of(config, bench.tools(), owner, name)) {
        System.out.print(text(explanation));
      }
      return ExitCode.OK;
    }
  }

  private static String text(Explanation explanation) {
    ToolIdentity tool = explanation.tool();
    StringBuilder text = new StringBuilder();
    text.append(tool.name()).append(" (").append(tool.source().text()).append(")\n");
    if (tool.source() != ToolIdentity.Source.SCRIPT) {
      text.append("  sha256 ").append(tool.sha256()).append('\n');
    }
    text.append("  policy ").append(explanation.file()).append('\n');
    for (Effective.Line line : explanation.effective().lines()) {
      text.append(
          String.format(Locale.ROOT, "  %-12s %-28s %s%n", line.what(), line.value(), line.from()));
    }
    return text.toString();
  }
}
