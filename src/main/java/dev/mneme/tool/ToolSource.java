package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a source is as a tool: its name, its function, its schema. The source is read, never run;
 * reading may wait for a worker. Thread-safe.
 */
final class ToolSource {
  static final int MAX_SOURCE = 256 * 1024;
  static final int MAX_NAME = 48;

  /** No function can be called so, so that the last one of the source is the tool. */
  private static final String FILE = "<source>.py";

  private static final String NO_PYTHON = "not valid Python";
  private static final Pattern FUNCTION =
      Pattern.compile("^(?:async +)?def +([A-Za-z]\\w*) *\\(", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /**
   * What was read.
   *
   * @param schema {@code {name, description, parameters}}
   */
  record Read(String name, String function, String description, ObjectNode schema) {}

  private final SchemaReader reader;
  private final ToolAssembler assembler;

  ToolSource(SchemaReader reader, ToolLimits limits) {
    this.reader = reader;
    this.assembler = new ToolAssembler(limits);
  }

  /**
   * Reads a draft.
   *
   * @throws MnemeException {@code invalid_tool_source} with the lines and what to write instead;
   *     {@code unsupported_tool_source}; {@code invalid_tool_name}
   */
  Read read(ToolDraft draft) {
    refuseOtherLanguages(draft);
    String source = draft.source();
    if (source.isBlank()) {
      throw MnemeException.invalid("invalid_tool_source", "The tool has no source_code.");
    }
    if (source.length() > MAX_SOURCE) {
      throw MnemeException.limit(
          "tool_source_too_large",
          "The source has more than " + MAX_SOURCE + " characters; shorten it.");
    }
    SchemaReading reading = reader.read(FILE, source);
    Read read =
        draft.schema().isPresent()
            ? given(draft, draft.schema().get(), reading)
            : found(draft, reading);
    return new Read(name(read.name()), read.function(), read.description(), bounded(read.schema()));
  }

  private Read found(ToolDraft draft, SchemaReading reading) {
    // A schema that is given for the parameters makes up for what the source does not say.
    if (draft.argsSchema().isPresent() && reading instanceof SchemaReading.Refused refused) {
      ObjectNode bare = Json.mapper().createObjectNode();
      return given(draft, bare.put("name", lastFunction(draft.source())), refused);
    }
    ToolCheck check = assembler.assemble(FILE, draft.source(), reading);
    if (!check.problems().isEmpty() || !(reading instanceof SchemaReading.Found known)) {
      throw invalid(check.problems());
    }
    ToolSchema schema = known.schema();
    String description = draft.description().orElse(schema.description());
    JsonNode parameters =
        draft.argsSchema().<JsonNode>map(given -> given).orElseGet(() -> visible(schema.input()));
    return new Read(
        schema.function(),
        schema.function(),
        description,
        schema(schema.function(), description, parameters));
  }

  private static Read given(ToolDraft draft, ObjectNode schema, SchemaReading reading) {
    refuseSyntax(reading);
    Optional<ToolSchema> derived =
        reading instanceof SchemaReading.Found found
            ? Optional.of(found.schema())
            : Optional.empty();
    String last = derived.map(ToolSchema::function).orElseGet(() -> lastFunction(draft.source()));
    String name = schema.path("name").asText(last);
    String description =
        draft
            .description()
            .or(() -> text(schema, "description"))
            .or(() -> derived.map(ToolSchema::description))
            .orElse("");
    JsonNode parameters =
        draft
            .argsSchema()
            .<JsonNode>map(given -> given)
            .or(() -> Optional.ofNullable(schema.get("parameters")))
            .or(() -> derived.map(found -> visible(found.input())))
            .orElseThrow(() ->
                MnemeException.invalid(
                    "invalid_tool_schema", "The json_schema has no parameters; add them."));
    return new Read(
        name,
        hasFunction(draft.source(), name) ? name : last,
        description,
        schema(name, description, parameters));
  }

  /** What the model fills in: not what Mneme gives to the function itself. */
  private static ObjectNode visible(ObjectNode input) {
    ObjectNode visible = input.deepCopy();
    if (visible.path("properties") instanceof ObjectNode properties
        && properties.remove(CustomTools.AGENT_ID) != null
        && visible.get("required") != null) {
      List<String> required =
          visible
              .get("required")
              .valueStream()
              .map(JsonNode::asText)
              .filter(name -> !name.equals(CustomTools.AGENT_ID))
              .toList();
      visible.set("required", Json.mapper().valueToTree(required));
    }
    return visible;
  }

  private static ObjectNode schema(String name, String description, JsonNode parameters) {
    if (!parameters.isObject()) {
      throw MnemeException.invalid("invalid_tool_schema", "The parameters are a JSON object.");
    }
    ObjectNode schema = Json.mapper().createObjectNode();
    schema.put("name", name).put("description", description).set("parameters", parameters);
    return schema;
  }

  private static void refuseOtherLanguages(ToolDraft draft) {
    String type = draft.sourceType().orElse("python");
    if (!type.equals("python")) {
      throw MnemeException.invalid(
          "unsupported_tool_source",
          "Tools of source_type '"
              + type
              + "' cannot be run here: only Python can. Rewrite the tool in Python.");
    }
  }

  private static void refuseSyntax(SchemaReading reading) {
    if (reading instanceof SchemaReading.Refused refused) {
      List<ToolProblem> syntax =
          refused.problems().stream()
              .filter(problem -> problem.message().startsWith(NO_PYTHON))
              .toList();
      if (!syntax.isEmpty()) {
        throw invalid(syntax);
      }
    }
  }

  private static String name(String name) {
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw MnemeException.invalid(
          "invalid_tool_name",
          "A tool's name has at most "
              + MAX_NAME
              + " letters, digits and underscores; rename the function, or give json_schema.name.");
    }
    return name;
  }

  private static ObjectNode bounded(ObjectNode schema) {
    if (schema.toString().length() > MAX_SOURCE) {
      throw MnemeException.limit(
          "tool_schema_too_large",
          "The schema has more than " + MAX_SOURCE + " characters; shorten it.");
    }
    return schema;
  }

  private static boolean hasFunction(String source, String name) {
    return FUNCTION.matcher(source).results().anyMatch(match -> match.group(1).equals(name));
  }

  private static String lastFunction(String source) {
    Matcher matcher = FUNCTION.matcher(source);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(matcher.group(1));
    }
    return last.orElseThrow(() ->
        MnemeException.invalid(
            "invalid_tool_source",
            "The source has no function at its top level; write `def tool(...) -> ...:`."));
  }

  private static Optional<String> text(ObjectNode node, String field) {
    return node.path(field).isTextual() ? Optional.of(node.path(field).asText()) : Optional.empty();
  }

  private static MnemeException invalid(List<ToolProblem> problems) {
    String text = problems.stream().map(ToolProblem::text).collect(Collectors.joining("\n"));
    List<Map<String, Object>> details =
        problems.stream()
            .map(problem ->
                Map.<String, Object>of(
                    "line", problem.line(),
                    "column", problem.column(),
                    "message", problem.message(),
                    "fix", problem.fix()))
            .toList();
    return MnemeException.invalid("invalid_tool_source", text)
        .withDetails(Map.of("problems", details));
  }
}
