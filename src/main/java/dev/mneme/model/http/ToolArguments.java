package dev.mneme.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mneme.common.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Makes a JSON object of what a model wrote for one, where it is clear what was meant: code fences,
 * quotes and literals of Python, trailing commas, brackets missing at the end, an object inside a
 * text. What is not clear stays as it was, for the model to be told.
 */
public final class ToolArguments {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ToolArguments() {}

  /** A JSON object, or the text itself when none can be made of it. */
  public static String repaired(String text) {
    String raw = text.strip();
    if (raw.isEmpty() || raw.equals("null")) {
      return "{}";
    }
    Optional<JsonNode> strict = parse(Json.mapper(), raw);
    if (strict.isPresent() && strict.get().isObject()) {
      return raw;
    }
    if (strict.isPresent() && strict.get().isTextual()) {
      String inner = strict.get().textValue().strip();
      String mended = inner.startsWith("{") ? repaired(inner) : inner;
      return parse(Json.mapper(), mended).filter(JsonNode::isObject).isPresent() ? mended : text;
    }
    String bare = unfenced(raw);
    return bare.startsWith("{")
        ? completed(bare)
            .flatMap(complete -> parse(LENIENT, complete))
            .filter(JsonNode::isObject)
            .map(Json::write)
            .orElse(text)
        : text;
  }

  private static Optional<JsonNode> parse(
      com.fasterxml.jackson.databind.ObjectMapper mapper, String text) {
    try {
      return Optional.of(mapper.readTree(text));
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static String unfenced(String text) {
    if (!text.startsWith("```")) {
      return text;
    }
    int begin = text.indexOf('\n');
    int end = text.endsWith("```") ? text.length() - 3 : text.length();
    return begin < 0 || begin > end ? text : text.substring(begin, end).strip();
  }

  /** With closing brackets added and Python's literals replaced; empty if a text is unfinished. */
  private static Optional<String> completed(String text) {
    StringBuilder complete = new StringBuilder(text.length() + 8);
    Deque<Character> open = new ArrayDeque<>();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\' && i + 1 < text.length()) {
          complete.append(c);
          c = text.charAt(++i);
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '{' || c == '[') {
        open.push(c == '{' ? '}' : ']');
      } else if (c == '}' || c == ']') {
        if (open.isEmpty() || open.pop() != c) {
          return Optional.empty();
        }
      } else if (Character.isUpperCase(c)) {
        String literal = literal(text, i);
        if (!literal.isEmpty()) {
          complete.append(
              literal.equals("None") ? "null" : literal.toLowerCase(java.util.Locale.ROOT));
          i += literal.length() - 1;
          continue;
        }
      }
      complete.append(c);
    }
    open.forEach(complete::append);
    return quote == 0 ? Optional.of(complete.toString()) : Optional.empty();
  }

  private static String literal(String text, int at) {
    for (String literal : new String[] {"True", "False", "None"}) {
      int end = at + literal.length();
      if (text.startsWith(literal, at)
          && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
        return literal;
      }
    }
    return "";
  }
}
