package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads schemas by calling the deriver, a Python program of ours, in a sandbox. Thread-safe. */
public final class BackendSchemaReader implements SchemaReader {
  private static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 10_000, 1_000_000);

  private static final ToolCode DERIVER =
      ToolCode.of(
          "schema_deriver.py",
          Resources.text("schema_source.py")
              + Resources.text("schema_types.py")
              + Resources.text("schema_deriver.py"),
          Trust.TRUSTED);

  private final ToolBackend backend;

  public BackendSchemaReader(ToolBackend backend) {
    this.backend = backend;
  }

  /** Identifies the deriver's rules: schemas made by another one are not to be used. */
  static String rules() {
    return DERIVER.sha256().substring(0, 16);
  }

  @Override
  public SchemaReading read(String fileName, String source) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    arguments.put("file_name", fileName).put("source", source);
    ToolOutcome outcome =
        backend.call(
            new ToolCall(
                Owner.DEFAULT,
                DERIVER,
                Optional.of("derive"),
                arguments,
                LIMITS,
                ToolListener.NONE));
    return switch (outcome) {
      case ToolOutcome.Success success -> reading(fileName, success.value());
      case ToolOutcome.Failure failure -> refusal(fileName, failure);
    };
  }

  private static SchemaReading reading(String file, JsonNode answer) {
    if (answer.has("schema")) {
      return new SchemaReading.Found(SchemaJson.read(answer.get("schema")));
    }
    List<ToolProblem> problems = new ArrayList<>();
    for (JsonNode problem : answer.path("problems")) {
      problems.add(
          new ToolProblem(
              file,
              problem.path("line").asInt(),
              problem.path("column").asInt(),
              problem.path("message").asText(),
              problem.path("fix").asText()));
    }
    return new SchemaReading.Refused(problems);
  }

  private static SchemaReading refusal(String file, ToolOutcome.Failure failure) {
    return switch (failure.reason()) {
      case ERROR, TIMEOUT, LIMIT ->
          new SchemaReading.Refused(
              List.of(
                  ToolProblem.of(
                      file,
                      0,
                      "its schema could not be derived: " + failure.message(),
                      "simplify the file")));
      case CANCELLED, UNAVAILABLE ->
          throw MnemeException.unavailable(
              "schema_reader_unavailable",
              "No worker could read the tool's schema: " + failure.message());
    };
  }
}
