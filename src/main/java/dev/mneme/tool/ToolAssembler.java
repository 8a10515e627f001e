package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a tool of a file's text and its schema, or says why it is none. Thread-safe. */
final class ToolAssembler {
  private static final List<Integer> PYTHON = List.of(3, 12, 8);
  private static final int MAX_DESCRIPTION = 8_000;

  private final HeaderReader headers = new HeaderReader();
  private final ToolLimits ceiling;

  /**
   * @param ceiling the operator's limits, which a header can only lower
   */
  ToolAssembler(ToolLimits ceiling) {
    this.ceiling = ceiling;
  }

  ToolCheck assemble(String file, String source, SchemaReading reading) {
    return assemble(file, source, reading, Optional.empty());
  }

  /**
   * @param parsedHeader what {@link HeaderReader#tree} gave for this text, when it is known
   */
  ToolCheck assemble(
      String file, String source, SchemaReading reading, Optional<JsonNode> parsedHeader) {
    List<ToolProblem> problems = new ArrayList<>();
    ToolHeader header = headers.read(file, source, parsedHeader, problems);
    refuseWhatIsMissing(file, source, header, problems);
    Optional<LibraryTool> tool = Optional.empty();
    switch (reading) {
      case SchemaReading.Refused refused -> problems.addAll(refused.problems());
      case SchemaReading.Found(ToolSchema schema) -> {
        refuseName(file, schema, problems);
        refuseArgument(file, header, schema, problems);
        tool = Optional.of(tool(file, source, header, schema));
      }
    }
    problems.sort(Comparator.comparingInt(ToolProblem::line));
    return new ToolCheck(problems.isEmpty() ? tool : Optional.empty(), problems);
  }

  private LibraryTool tool(String file, String source, ToolHeader header, ToolSchema schema) {
    String code = schema.adapted() ? CallAdapter.adapt(source, schema.function()) : source;
    return new LibraryTool(
        ToolIdentity.library(schema.function(), source, header),
        schema.function(),
        header.title().orElseGet(() -> title(schema.function())),
        schema.description(),
        header.files() ? withFiles(schema.input()) : schema.input(),
        schema.output(),
        header.hints(),
        header.files(),
        ToolCode.of(file, code, Trust.TRUSTED),
        schema.adapted() ? CallAdapter.FUNCTION : schema.function(),
        limits(header));
  }

  private static ObjectNode withFiles(ObjectNode input) {
    ObjectNode schema = input.deepCopy();
    schema.withObject("/properties").set(InputFiles.ARGUMENT, InputFiles.schema());
    return schema;
  }

  private ToolLimits limits(ToolHeader header) {
    Duration wall =
        header.timeout().filter(t -> t.compareTo(ceiling.wall()) < 0).orElse(ceiling.wall());
    Duration cpu = wall.compareTo(ceiling.cpu()) < 0 ? wall : ceiling.cpu();
    return new ToolLimits(wall, cpu, ceiling.output(), ceiling.result());
  }

  private static void refuseName(String file, ToolSchema schema, List<ToolProblem> problems) {
    if (ReservedNames.contains(schema.function())) {
      problems.add(
          ToolProblem.of(
              file,
              1,
              "the name `" + schema.function() + "` belongs to a built-in tool",
              "rename the function"));
    }
    if (schema.description().length() > MAX_DESCRIPTION) {
      problems.add(
          ToolProblem.of(
              file,
              1,
              "the docstring of `"
                  + schema.function()
                  + "` is longer than "
                  + MAX_DESCRIPTION
                  + " characters",
              "shorten it: models read all of it in every request"));
    }
  }

  private static void refuseArgument(
      String file, ToolHeader header, ToolSchema schema, List<ToolProblem> problems) {
    if (header.files() && schema.input().path("properties").has(InputFiles.ARGUMENT)) {
      problems.add(
          ToolProblem.of(
              file,
              1,
              "`files = true` brings an argument `files`, which the function has as well",
              "rename the function's argument"));
    }
  }

  /** A need that this sandbox cannot meet is refused by name, before anything runs. */
  private static void refuseWhatIsMissing(
      String file, String source, ToolHeader header, List<ToolProblem> problems) {
    int line =
        HeaderBlock.find(file, source, new ArrayList<>()).map(HeaderBlock::firstLine).orElse(1);
    header
        .requiresPython()
        .ifPresent(wanted -> {
          Optional<Boolean> allowed = PythonVersions.allows(wanted, PYTHON);
          if (allowed.isEmpty()) {
            problems.add(
                ToolProblem.of(
                    file,
                    line,
                    "`" + wanted + "` is no version specifier",
                    "write `requires-python = \">=3.11\"`"));
          } else if (!allowed.get()) {
            problems.add(
                ToolProblem.of(
                    file,
                    line,
                    "requires-python `" + wanted + "` leaves out Python 3.12, which runs it",
                    "write `requires-python = \">=3.11\"` and keep to 3.12"));
          }
        });
  }

  private static String title(String function) {
    String words = function.replace('_', ' ').strip();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
