package dev.mneme.cli;

import dev.mneme.common.MnemeException;
import dev.mneme.tool.ToolCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme tools check}. */
@Command(
    name = "check",
    description = "Says whether a Python file would be a tool, and prints the schema it gets.",
    mixinStandardHelpOptions = true,
    footer = {"", "The file is read, never run.", "", "Example:", "  mneme tools check my_tool.py"})
final class ToolsCheckCommand implements Callable<Integer> {
  private static final long LARGEST = 1 << 20;

  @Mixin private Settings settings = new Settings();

  @Parameters(paramLabel = "FILE", description = "The Python file.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    String source = read();
    try (Bench bench = Bench.open(settings.load())) {
      ToolCheck check = bench.tools().service().check(String.valueOf(file.getFileName()), source);
      check.problems().forEach(problem -> System.err.println(problem.text()));
      check
          .tool()
          .ifPresent(tool -> {
            System.err.println("mneme: " + file + " is the tool '" + tool.name() + "'");
            System.out.println(tool.inputSchema().toPrettyString());
          });
      return check.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private String read() {
    try {
      if (Files.size(file) > LARGEST) {
        throw MnemeException.limit("file_too_large", file + " is larger than 1 MiB.");
      }
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw MnemeException.notFound("no_file", "There is no file " + file + ".");
    } catch (IOException e) {
      throw MnemeException.invalid("cannot_read", "Cannot read " + file + ": " + e.getMessage());
    }
  }
}
