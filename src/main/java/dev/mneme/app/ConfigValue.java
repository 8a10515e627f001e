package dev.mneme.app;

import dev.mneme.common.Texts;
import java.util.List;
import java.util.Optional;

/**
 * A value as it was given.
 *
 * @param value text, a number, a boolean, or a list of text
 * @param shown how it was written, for messages; never what a variable in it stood for
 * @param where the file or variable, for messages
 * @param origin the same, short
 * @param loose whether text may stand for a number or a list, as in the environment
 */
record ConfigValue(Object value, String shown, String where, String origin, boolean loose) {
  private static final int MAX_SHOWN = 80;

  ConfigValue {
    shown = Texts.shorten(shown, MAX_SHOWN);
  }

  Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Number> number() {
    if (value instanceof Number number) {
      return Optional.of(number);
    }
    if (!loose || !(value instanceof String text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(text.contains(".") ? (Number) Double.valueOf(text) : Long.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  Optional<List<String>> list() {
    if (value instanceof List<?> items) {
      return Optional.of(items.stream().map(String::valueOf).toList());
    }
    if (!loose || !(value instanceof String text)) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(text.split(",")).stream().map(String::strip).filter(s -> !s.isEmpty()).toList());
  }
}
