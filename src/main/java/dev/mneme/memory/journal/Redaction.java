package dev.mneme.memory.journal;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.text.TextRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text that must vanish, and the marker that takes its place. */
public record Redaction(String text) {
  public static final String MARKER = "[redacted]";
  private static final int MIN = 4;
  private static final int MAX = 10_000;

  public Redaction {
    TextRules.bounded("text to redact", text, MAX);
    if (TextRules.length(text) < MIN || text.isBlank() || MARKER.contains(text)) {
      throw MnemeException.invalid(
          "text_too_short",
          "Give at least "
              + MIN
              + " characters to redact, exactly as they were stored; a shorter"
              + " text would match too much.");
    }
  }

  public boolean isIn(String content) {
    return content.contains(text);
  }

  public String applyTo(String content) {
    return content.replace(text, MARKER);
  }

  /** Whether any string or key of the state holds the text, whatever its JSON form. */
  public boolean isIn(State state) {
    return holds(state.fields());
  }

  public State applyTo(State state) {
    Map<String, Object> result = new LinkedHashMap<>();
    state.fields().forEach((key, value) -> result.put(key, cleaned(value)));
    return State.of(result);
  }

  private boolean holds(@Nullable Object value) {
    return switch (value) {
      case String string -> isIn(string);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .anyMatch(e -> isIn(String.valueOf(e.getKey())) || holds(e.getValue()));
      case List<?> list -> list.stream().anyMatch(this::holds);
      case Number number -> isIn(number.toString());
      case null, default -> false;
    };
  }

  @SuppressWarnings("NullAway")
  private @Nullable Object cleaned(@Nullable Object value) {
    return switch (value) {
      case String string -> applyTo(string);
      case Map<?, ?> map -> {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, inner) -> result.put(applyTo(String.valueOf(key)), cleaned(inner)));
        yield result;
      }
      case List<?> list -> {
        List<Object> result = new ArrayList<>(list.size());
        list.forEach(inner -> result.add(cleaned(inner)));
        yield result;
      }
      case Number number when isIn(number.toString()) -> MARKER;
      case null -> null;
      default -> value;
    };
  }
}
