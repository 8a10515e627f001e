package dev.mneme.memory.journal;

import dev.mneme.common.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered about a subject at one moment, as canonical JSON: keys sorted, so that
 * equal states have equal texts.
 */
public record State(String json) {
  public static State of(Map<String, ?> fields) {
    return new State(Json.write(sorted(fields)));
  }

  public Map<String, Object> fields() {
    return Json.parseObject(json);
  }

  /** The same value with every map sorted and every collection unmodifiable. */
  public static Map<String, Object> sorted(Map<String, ?> fields) {
    Map<String, Object> result = new TreeMap<>();
    fields.forEach((key, value) -> putSorted(result, key, value));
    return Collections.unmodifiableMap(result);
  }

  // A JSON null is a legal value inside metadata, so the maps here may hold nulls.
  @SuppressWarnings("NullAway")
  private static void putSorted(Map<String, Object> target, String key, @Nullable Object value) {
    target.put(key, sortedValue(value));
  }

  @SuppressWarnings("NullAway")
  private static @Nullable Object sortedValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new TreeMap<>();
      map.forEach((key, inner) -> putSorted(result, String.valueOf(key), inner));
      return Collections.unmodifiableMap(result);
    }
    if (value instanceof List<?> list) {
      List<Object> result = new ArrayList<>(list.size());
      list.forEach(inner -> result.add(sortedValue(inner)));
      return Collections.unmodifiableList(result);
    }
    return value;
  }
}
