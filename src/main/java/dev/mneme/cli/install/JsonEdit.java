package dev.mneme.cli.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import java.util.Optional;

/**
 * Edits JSON as text, so that comments, order and layout of the rest stay; the result is read again
 * and must hold what was there and the entry, nothing else.
 */
record JsonEdit(Shape shape, Entry entry) implements FileEdit {
  /** As editors write their settings: with comments and trailing commas. */
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String INDENT = "  ";

  @Override
  public String alone() {
    return print(shape.file(entry), "") + "\n";
  }

  @Override
  public String apply(String text) {
    if (text.isBlank()) {
      return alone();
    }
    JsonNode before = read(text);
    if (!(before instanceof ObjectNode file)) {
      throw cannotEdit("it holds no JSON object");
    }
    ObjectNode wanted = file.deepCopy();
    JsonNode section = wanted.path(shape.section());
    if (!section.isMissingNode() && !section.isObject()) {
      throw cannotEdit("its \"" + shape.section() + "\" is no object");
    }
    wanted.withObjectProperty(shape.section()).set(entry.name(), shape.value(entry));
    if (wanted.equals(before)) {
      return text;
    }
    String after = edit(text, section.isObject());
    if (!read(after).equals(wanted)) {
      throw cannotEdit("it is laid out in a way this program does not understand");
    }
    return after;
  }

  private String edit(String text, boolean hasSection) {
    JsonObjectText root = JsonObjectText.first(text).orElseThrow(() -> cannotEdit("no object"));
    if (!hasSection) {
      ObjectNode servers = (ObjectNode) shape.file(entry).path(shape.section());
      return insert(text, root, INDENT, shape.section(), print(servers, INDENT));
    }
    JsonObjectText section =
        root.member(shape.section())
            .flatMap(JsonObjectText.Span::asObject)
            .orElseThrow(() -> cannotEdit("its \"" + shape.section() + "\" was not found"));
    String indent = section.indent().orElse(INDENT + INDENT);
    String value = print(shape.value(entry), indent);
    Optional<JsonObjectText.Span> present = section.member(entry.name());
    if (present.isPresent()) {
      JsonObjectText.Span span = present.get();
      return text.substring(0, span.from()) + value + text.substring(span.to());
    }
    return insert(text, section, indent, entry.name(), value);
  }

  /** As the first member: there a comma has to follow, and no comma of others is touched. */
  private static String insert(
      String text, JsonObjectText object, String indent, String name, String value) {
    String ownIndent = object.indent().orElse(indent);
    StringBuilder member = new StringBuilder("\n").append(ownIndent);
    member.append('"').append(name).append("\": ").append(value);
    if (!object.isEmpty()) {
      member.append(',');
      if (!object.startsOnNewLine()) {
        member.append('\n').append(ownIndent);
      }
    } else if (!object.startsOnNewLine()) {
      member.append('\n').append(ownIndent, 0, Math.max(0, ownIndent.length() - INDENT.length()));
    }
    return text.substring(0, object.open() + 1) + member + text.substring(object.open() + 1);
  }

  private static JsonNode read(String text) {
    try {
      return LENIENT.readTree(text);
    } catch (JsonProcessingException e) {
      throw cannotEdit("it is not valid JSON: " + e.getOriginalMessage());
    }
  }

  private static String print(JsonNode value, String indent) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    printer.indentObjectsWith(new DefaultIndenter(INDENT, "\n"));
    try {
      String text = LENIENT.writer(printer).writeValueAsString(value);
      return text.replace("\n", "\n" + indent);
    } catch (JsonProcessingException e) {
      throw MnemeException.internal("json_write", "The entry could not be written.", e);
    }
  }

  private static MnemeException cannotEdit(String why) {
    return MnemeException.invalid("cannot_edit", why);
  }
}
