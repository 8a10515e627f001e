package dev.mneme.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.Caller;
import dev.mneme.tool.InputFile;
import dev.mneme.tool.InputFiles;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      "  mneme tools run calculator --args '{\"expression\": \"0.1 + 0.2\"}'",
      "  mneme tools run histogram --files data.csv --out ."
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

  @Option(
      names = "--files",
      split = ",",
      paramLabel = "PATH",
      description =
          "Files for a tool that takes some, found in /in under their names; commas between them,"
              + " or the option again.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where files go that the tool makes; none that is there is replaced.")
  private @Nullable Path out;

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
          for (Artifact file : success.artifacts()) {
            System.err.println("mneme: it also made " + file.name() + saved(file));
          }
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
      addFiles(object);
      return object;
    }
    throw MnemeException.invalid(
        "invalid_arguments", "--args takes a JSON object, such as '{\"name\": \"value\"}'.");
  }

  private void addFiles(ObjectNode arguments) throws IOException {
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw MnemeException.invalid("no_such_file", "There is no file " + file + ".");
      }
      if (Files.size(file) > InputFile.MAX_BYTES) {
        throw MnemeException.limit(
            "file_too_large",
            file + " is larger than the limit of " + InputFile.MAX_BYTES + " bytes for a file.");
      }
      arguments
          .withArray("/" + InputFiles.ARGUMENT)
          .addObject()
          .put("name", String.valueOf(file.getFileName()))
          .put("base64", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
  }

  /** What became of a file that the tool made; its name is the tool's word. */
  private String saved(Artifact file) throws IOException {
    if (out == null) {
      return " (" + file.mediaType() + "); --out FOLDER saves it";
    }
    Path target = out.resolve(InputFile.base64(file.name(), file.base64()).name());
    if (target.getParent() != null) {
      Files.createDirectories(target.getParent());
    }
    try {
      Files.write(target, Base64.getDecoder().decode(file.base64()), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      return ", which is not saved: there is a " + target + " already";
    }
    return " (" + file.mediaType() + "), saved as " + target;
  }
}
