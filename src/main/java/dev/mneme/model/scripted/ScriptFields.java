package dev.mneme.model.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes the fields of one part of a script, and complains about those nobody took. */
final class ScriptFields {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m)");
  private static final Duration LONGEST = Duration.ofHours(1);

  private final String where;
  private final JsonNode node;
  private final Set<String> taken = new HashSet<>();

  /**
   * @param where the part's name for messages
   */
  ScriptFields(String where, JsonNode node) {
    this.where = where;
    this.node = node;
    if (!node.isObject() && !node.isMissingNode()) {
      throw wrong("has to be a map of fields");
    }
  }

  JsonNode take(String field) {
    taken.add(field);
    return node.path(field);
  }

  ScriptFields part(String field) {
    return new ScriptFields(where + '.' + field, take(field));
  }

  Optional<String> text(String field) {
    JsonNode value = take(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isValueNode() || value.isNull()) {
      throw wrong(field, "a text");
    }
    return Optional.of(value.asText());
  }

  /** One text or several. */
  List<String> texts(String field) {
    JsonNode value = take(field);
    if (!value.isArray()) {
      return text(field).stream().toList();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  OptionalInt number(String field, int least) {
    JsonNode value = take(field);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < least) {
      throw wrong(field, "a whole number from " + least);
    }
    return OptionalInt.of(value.intValue());
  }

  Optional<Boolean> flag(String field) {
    JsonNode value = take(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return Optional.of(value.booleanValue());
  }

  Optional<Duration> duration(String field) {
    return text(field)
        .map(text -> {
          Matcher parts = DURATION.matcher(text);
          if (!parts.matches()) {
            throw wrong(field, "a duration such as 50ms or 2s");
          }
          long count = Long.parseLong(parts.group(1));
          Duration duration =
              switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                default -> Duration.ofMinutes(count);
              };
          if (duration.compareTo(LONGEST) > 0) {
            throw wrong(field, "a duration of an hour at most");
          }
          return duration;
        });
  }

  <E extends Enum<E>> Optional<E> choice(String field, Class<E> type) {
    return text(field)
        .map(text ->
            Stream.of(type.getEnumConstants())
                .filter(e -> e.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    wrong(
                        field,
                        "one of "
                            + String.join(
                                ", ",
                                Stream.of(type.getEnumConstants())
                                    .map(e -> e.name().toLowerCase(Locale.ROOT))
                                    .toList()))));
  }

  /** To be called when all that is known was taken. */
  void done() {
    node.fieldNames()
        .forEachRemaining(field -> {
          if (!taken.contains(field)) {
            throw wrong("has the unknown field " + field + "; it may have " + taken);
          }
        });
  }

  MnemeException wrong(String field, String needed) {
    return invalid(where + '.' + field + " has to be " + needed);
  }

  MnemeException wrong(String what) {
    return invalid(where + ' ' + what);
  }

  static MnemeException invalid(String message) {
    return MnemeException.invalid(
        "invalid_script", "The script of a model is wrong: " + message + '.');
  }
}
