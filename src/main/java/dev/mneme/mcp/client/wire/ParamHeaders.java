package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Arguments that a tool's schema wants as headers too ({@code x-mcp-header}). Immutable.
 *
 * @param marks where they are
 */
record ParamHeaders(List<Mark> marks) {
  private static final String KEY = "x-mcp-header";
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
  private static final int MAX_DEPTH = 8;

  /** One of them: the names that lead to it, and its header. */
  record Mark(List<String> path, String header) {}

  ParamHeaders {
    marks = List.copyOf(marks);
  }

  /** Why a tool with this schema must not be used; nothing where it may. */
  static Optional<String> problem(JsonNode schema) {
    Set<String> taken = new HashSet<>();
    for (Map.Entry<List<String>, JsonNode> each : marked(schema)) {
      JsonNode header = each.getValue().path(KEY);
      if (!header.isTextual() || !NAME.matcher(header.asText()).matches()) {
        return Optional.of("'" + KEY + "' is no name of a header");
      }
      if (!TYPES.contains(each.getValue().path("type").asText(""))) {
        return Optional.of("'" + KEY + "' stands at what is no text, whole number or truth value");
      }
      if (!taken.add(header.asText().toLowerCase(Locale.ROOT))) {
        return Optional.of("two arguments have the same '" + KEY + "'");
      }
    }
    return Optional.empty();
  }

  static ParamHeaders of(JsonNode schema) {
    return new ParamHeaders(
        marked(schema).stream()
            .map(each -> new Mark(each.getKey(), "mcp-param-" + each.getValue().path(KEY).asText()))
            .toList());
  }

  /** The headers of a call; an argument that is not given has none. */
  Map<String, String> headers(ObjectNode arguments) {
    Map<String, String> headers = new HashMap<>();
    for (Mark mark : marks) {
      JsonNode value = arguments;
      for (String step : mark.path()) {
        value = value.path(step);
      }
      if (value.isValueNode() && !value.isNull()) {
        headers.put(mark.header(), HeaderValue.of(text(value)));
      }
    }
    return headers;
  }

  private static String text(JsonNode value) {
    return value.isNumber()
        ? value.decimalValue().stripTrailingZeros().toPlainString()
        : value.asText();
  }

  private static List<Map.Entry<List<String>, JsonNode>> marked(JsonNode schema) {
    List<Map.Entry<List<String>, JsonNode>> found = new ArrayList<>();
    collect(schema, List.of(), found);
    return found;
  }

  private static void collect(
      JsonNode schema, List<String> path, List<Map.Entry<List<String>, JsonNode>> found) {
    if (path.size() > MAX_DEPTH) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      List<String> there = new ArrayList<>(path);
      there.add(property.getKey());
      if (property.getValue().has(KEY)) {
        found.add(Map.entry(List.copyOf(there), property.getValue()));
      }
      collect(property.getValue(), there, found);
    }
  }
}
