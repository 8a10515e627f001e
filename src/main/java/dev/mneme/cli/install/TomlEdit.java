package dev.mneme.cli.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Edits TOML as text: a new table goes to the end, an old one gets new lines for what differs. The
 * result is read again and must hold what was there and the entry, nothing else.
 */
record TomlEdit(Shape shape, Entry entry) implements FileEdit {
  private static final TomlMapper TOML = new TomlMapper();

  @Override
  public String alone() {
    return header() + "\n" + command() + "\n" + arguments() + "\n";
  }

  @Override
  public String apply(String text) {
    ObjectNode before = read(text);
    JsonNode section = before.path(shape.section());
    if (!section.isMissingNode() && !section.isObject()) {
      throw cannotEdit("its " + shape.section() + " is no table");
    }
    ObjectNode wanted = before.deepCopy();
    ObjectNode server = wanted.withObjectProperty(shape.section()).withObjectProperty(entry.name());
    server.setAll(shape.value(entry));
    if (wanted.equals(before)) {
      return text;
    }
    String after = section.has(entry.name()) ? change(text) : append(text);
    if (!read(after).equals(wanted)) {
      throw cannotEdit("it is laid out in a way this program does not understand");
    }
    return after;
  }

  private String append(String text) {
    if (text.isBlank()) {
      return alone();
    }
    return text.stripTrailing() + "\n\n" + alone();
  }

  private String change(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int header = lines.stream().map(String::strip).toList().indexOf(header());
    if (header < 0) {
      throw cannotEdit("its table " + header() + " was not found");
    }
    int end = header + 1;
    while (end < lines.size() && !lines.get(end).strip().startsWith("[")) {
      end++;
    }
    List<String> table = lines.subList(header + 1, end);
    table.removeIf(line -> line.matches("\\s*(command|args)\\s*=.*"));
    table.addAll(0, List.of(command(), arguments()));
    return String.join("\n", lines) + "\n";
  }

  private String header() {
    return "[" + shape.section() + "." + entry.name() + "]";
  }

  private String command() {
    return "command = " + Json.write(entry.command());
  }

  private String arguments() {
    return "args = " + Json.write(entry.arguments()).replace("\",\"", "\", \"");
  }

  private static ObjectNode read(String text) {
    try {
      return (ObjectNode) TOML.readTree(text);
    } catch (JsonProcessingException e) {
      throw cannotEdit("it is not valid TOML: " + e.getOriginalMessage());
    }
  }

  private static MnemeException cannotEdit(String why) {
    return MnemeException.invalid("cannot_edit", why);
  }
}
