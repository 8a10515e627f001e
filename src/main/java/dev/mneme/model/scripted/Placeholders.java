package dev.mneme.model.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ToolRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What the placeholders of an entry stand for at one point of a conversation. */
final class Placeholders {
  /** {@code match} has the groups of the expression, {@code asked} the last tool's arguments. */
  static final Pattern FORM =
      Pattern.compile(
          "\\{\\{ *(text|user|step|turn|match\\.[A-Za-z0-9_]{1,64}|asked\\.[A-Za-z0-9_]{1,64})"
              + " *\\}\\}");

  private final Scene scene;
  private final String text;
  private final Map<String, String> groups;

  Placeholders(Scene scene, String text) {
    this(scene, text, Map.of());
  }

  private Placeholders(Scene scene, String text, Map<String, String> groups) {
    this.scene = scene;
    this.text = text;
    this.groups = groups;
  }

  String text() {
    return text;
  }

  /** The same with the groups of a match. */
  Placeholders with(Matcher match) {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i <= match.groupCount(); i++) {
      found.put(String.valueOf(i), orEmpty(match.group(i)));
    }
    match.pattern().namedGroups().forEach((name, i) -> found.put(name, orEmpty(match.group(i))));
    return new Placeholders(scene, text, found);
  }

  String fill(String template) {
    return fill(template, UnaryOperator.identity());
  }

  /** Filled so that each value stands for itself in a regular expression. */
  String quoted(String regex) {
    return fill(regex, Pattern::quote);
  }

  JsonNode fill(JsonNode template) {
    if (template.isTextual()) {
      return TextNode.valueOf(fill(template.textValue()));
    }
    if (template.isObject()) {
      ObjectNode filled = Json.mapper().createObjectNode();
      template.properties().forEach(e -> filled.set(e.getKey(), fill(e.getValue())));
      return filled;
    }
    if (template.isArray()) {
      ArrayNode filled = Json.mapper().createArrayNode();
      template.forEach(item -> filled.add(fill(item)));
      return filled;
    }
    return template;
  }

  private String fill(String template, UnaryOperator<String> quoting) {
    if (!template.contains("{{")) {
      return template;
    }
    Matcher placeholder = FORM.matcher(template);
    StringBuilder filled = new StringBuilder();
    int end = 0;
    while (placeholder.find()) {
      filled.append(template, end, placeholder.start());
      filled.append(quoting.apply(value(placeholder.group(1))));
      end = placeholder.end();
    }
    return filled.append(template, end, template.length()).toString();
  }

  private String value(String name) {
    return switch (name) {
      case "text" -> text;
      case "user" -> scene.user();
      case "step" -> Integer.toString(scene.step());
      case "turn" -> Integer.toString(scene.turn());
      default ->
          name.startsWith("match.")
              ? groups.getOrDefault(name.substring("match.".length()), "")
              : asked(name.substring("asked.".length()));
    };
  }

  private String asked(String argument) {
    if (scene.requests().isEmpty()) {
      return "";
    }
    ToolRequest last = scene.requests().getLast();
    try {
      JsonNode value = Json.parse(last.arguments()).path(argument);
      return value.isTextual() ? value.textValue() : value.isMissingNode() ? "" : value.toString();
    } catch (MnemeException _) {
      return "";
    }
  }

  private static String orEmpty(@org.jspecify.annotations.Nullable String group) {
    return group == null ? "" : group;
  }
}
