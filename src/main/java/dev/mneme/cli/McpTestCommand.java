package dev.mneme.cli;

import dev.mneme.app.McpDesk;
import dev.mneme.mcp.client.Trial;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme mcp-servers test}. */
@Command(
    name = "test",
    description = "Starts a server once and lists its tools; it runs the program there is.",
    mixinStandardHelpOptions = true)
final class McpTestCommand implements Callable<Integer> {
  @Mixin private McpServerOptions options = new McpServerOptions();

  @Override
  public Integer call() {
    try (McpDesk desk = options.open()) {
      Trial trial = desk.test(options.server(desk));
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
