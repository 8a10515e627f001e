package dev.mneme.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mneme tools run}. */
@Command(
    name = "run",
    description = "Runs a tool of the library in the sandbox and prints its result as JSON.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What the tool prints goes to standard error.",
      "",
      "Example:",
      "  mneme tools run calculator --args '{\"expression\": \"0.1 + 0.2\"}'"
    })
final class ToolsRunCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "NAME", description = "The tool, as 'mneme tools list' names it.")
  private String name = "";

  @Option(
      names = "--args",
      paramLabel = "JSON",
      description = "The arguments as a JSON object; '-' reads them from standard input.")
  private String args = "{}";

  @Override
  public Integer call() throws IOException {
    ObjectNode arguments = arguments();
    try (Bench bench = Bench.open(settings.load())) {
      bench.settledCatalog();
      ToolOutcome outcome =
          bench
              .tools()
              .service()
              .call(
                  Caller.of(Owner.DEFAULT, Caller.Face.COMMAND),
                  name,
                  arguments,
                  ToolListener.NONE);
      System.err.print(outcome.stdout() + outcome.stderr());
      return switch (outcome) {
        case ToolOutcome.Success success -> {
          System.out.println(success.value().toPrettyString());
          success
              .artifacts()
              .forEach(file ->
                  System.err.println(
                      "mneme: it also made " + file.name() + " (" + file.mediaType() + ")"));
          yield ExitCode.OK;
        }
        case ToolOutcome.Failure failure -> {
          System.err.print(failure.traceback());
          System.err.println("mneme: " + failure.message());
          yield ExitCode.FAILURE;
        }
      };
    }
  }

  private ObjectNode arguments() throws IOException {
    String text =
        args.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : args;
    JsonNode given = Json.parse(text);
    if (given instanceof ObjectNode object) {
      return object;
    }
    throw MnemeException.invalid(
        "invalid_arguments", "--args takes a JSON object, such as '{\"name\": \"value\"}'.");
  }
}
