package dev.mneme.memory;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.text.TextRules;
import java.util.List;
import java.util.Map;

/** Bounds and forms that the fields of several records share. */
public final class Fields {
  public static final int MAX_DESCRIPTION = 4_000;
  private static final int MAX_NAME = 200;
  private static final int MAX_TAGS = 100;
  private static final int MAX_TAG = 200;
  private static final int MAX_METADATA = 64_000;

  private Fields() {}

  public static String name(String what, String name) {
    TextRules.bounded(what, name, MAX_NAME);
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw MnemeException.invalid(
          "invalid_name",
          "The " + what + " needs at least one visible character and no line break.");
    }
    return name;
  }

  public static String description(String text) {
    return TextRules.bounded("description", text, MAX_DESCRIPTION);
  }

  /** The tags in their order, each once. */
  public static List<String> tags(List<String> tags) {
    List<String> distinct = tags.stream().distinct().toList();
    if (distinct.size() > MAX_TAGS) {
      throw MnemeException.limit(
          "too_many_tags", "At most " + MAX_TAGS + " tags are allowed; remove some.");
    }
    for (String tag : distinct) {
      TextRules.bounded("tag", tag, MAX_TAG);
      if (tag.isBlank()) {
        throw MnemeException.invalid("invalid_tag", "A tag must not be empty; leave it out.");
      }
    }
    return distinct;
  }

  /** The metadata with sorted keys, bounded by the length of its JSON. */
  public static Map<String, Object> metadata(Map<String, Object> metadata) {
    if (metadata.isEmpty()) {
      return Map.of();
    }
    String json = Json.write(State.sorted(metadata));
    TextRules.bounded("metadata", json, MAX_METADATA);
    return State.sorted(Json.parseObject(json));
  }

  static String json(Object value) {
    return Json.write(value);
  }

  static List<String> tagsOf(String json) {
    return Json.parseStrings(json);
  }

  /** The strings of a list that came from JSON. */
  public static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  /** The map that came from JSON. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object map) {
    return (Map<String, Object>) map;
  }
}
