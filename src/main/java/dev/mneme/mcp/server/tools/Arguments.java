package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.engine.turn.Operation;
import dev.mneme.tool.InputFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Arguments that fit the {@link Inputs} of their tool. */
final class Arguments {
  private final ObjectNode given;

  Arguments(ObjectNode given) {
    this.given = given;
  }

  /** A required text. */
  String text(String name) {
    return given.path(name).asText();
  }

  /** An optional text; an empty one counts as left out. */
  Optional<String> optional(String name) {
    JsonNode value = given.path(name);
    return value.isTextual() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  /** An optional text, where the empty one means something. */
  Optional<String> optionalAsIs(String name) {
    JsonNode value = given.path(name);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  OptionalLong whole(String name) {
    JsonNode value = given.path(name);
    return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  int whole(String name, int otherwise) {
    return Math.toIntExact(whole(name).orElse(otherwise));
  }

  boolean flag(String name) {
    return given.path(name).asBoolean(false);
  }

  /** Objects of a name and arguments, as operations. */
  List<Operation> operations(String name) {
    return given
        .path(name)
        .valueStream()
        .map(call ->
            new Operation(
                call.path("name").asText(),
                call.path("arguments") instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode()))
        .toList();
  }

  /** A text, where true stands for another; absent for false. */
  Optional<String> textOrTrue(String name, String meant) {
    return given.path(name).isBoolean() && given.path(name).booleanValue()
        ? Optional.of(meant)
        : optional(name);
  }

  InputFiles files() {
    return InputFiles.read(given.path(InputFiles.ARGUMENT));
  }

  List<String> texts(String name) {
    return given.path(name).valueStream().map(JsonNode::asText).toList();
  }
}
