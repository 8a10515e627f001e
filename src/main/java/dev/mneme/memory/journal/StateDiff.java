package dev.mneme.memory.journal;

import dev.mneme.common.Json;
import dev.mneme.memory.text.UnifiedText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The difference of two states for people and models: one paragraph a field. */
final class StateDiff {
  private final Set<String> textFields;

  StateDiff(Set<String> textFields) {
    this.textFields = textFields;
  }

  String between(Optional<State> before, Optional<State> after) {
    Map<String, Object> old = before.map(State::fields).orElse(Map.of());
    Map<String, Object> now = after.map(State::fields).orElse(Map.of());
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    StringBuilder result = new StringBuilder();
    for (String key : keys) {
      Object from = old.get(key);
      Object to = now.get(key);
      if (Objects.equals(from, to)) {
        continue;
      }
      result.append(result.isEmpty() ? "" : "\n");
      if (textFields.contains(key)) {
        result.append(key).append(":\n").append(UnifiedText.between(text(from), text(to)));
      } else {
        result.append(key).append(": ").append(from == null ? "(none)" : Json.write(from));
        result.append(" → ").append(to == null ? "(none)" : Json.write(to));
      }
    }
    return result.toString();
  }

  private static String text(@Nullable Object value) {
    return value instanceof String string ? string : "";
  }
}
