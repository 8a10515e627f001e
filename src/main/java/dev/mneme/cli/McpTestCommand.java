package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.mcp.client.Trial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme mcp-servers test}. */
@Command(
    name = "test",
    description = "Starts a server once and lists its tools; it runs the program there is.",
    mixinStandardHelpOptions = true)
final class McpTestCommand implements Callable<Integer> {
  @Mixin private McpDeskOptions options = new McpDeskOptions();

  @Parameters(paramLabel = "NAME", description = "The name of the server.")
  private String name = "";

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      Trial trial = desk.test(desk.get(options.owner(), name));
      trial.server().ifPresent(System.out::println);
      trial.tools().forEach(tool -> System.out.println("  " + tool));
      trial.problem().ifPresent(problem -> System.err.println("mneme: " + problem));
      if (trial.problem().isPresent() && !trial.said().isBlank()) {
        System.err.println(trial.said().strip());
      }
      return trial.problem().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }
}
