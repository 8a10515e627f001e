package dev.mneme.memory.journal;

import dev.mneme.memory.text.TextMerge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Three-way merge of states: field by field, maps key by key, lists as sets, and the text fields of
 * a kind as texts. Everything else must have been changed by one side only.
 */
final class StateMerge {
  private final Set<String> textFields;

  StateMerge(Set<String> textFields) {
    this.textFields = textFields;
  }

  private static final class Overlap extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overlap() {
      super(null, null, false, false);
    }
  }

  /** What came out of a merge: a state or its absence, or an overlap. */
  record Merged(boolean overlaps, Optional<State> state) {}

  Merged merge(Optional<State> base, Optional<State> ours, Optional<State> theirs) {
    if (base.equals(theirs) || ours.equals(theirs)) {
      return new Merged(false, ours);
    }
    if (base.equals(ours)) {
      return new Merged(false, theirs);
    }
    if (base.isEmpty() || ours.isEmpty() || theirs.isEmpty()) {
      return new Merged(true, ours);
    }
    try {
      Map<String, Object> merged =
          maps(base.get().fields(), ours.get().fields(), theirs.get().fields(), true);
      return new Merged(false, Optional.of(State.of(merged)));
    } catch (Overlap _) {
      return new Merged(true, ours);
    }
  }

  @SuppressWarnings("NullAway")
  private Map<String, Object> maps(Map<?, ?> base, Map<?, ?> ours, Map<?, ?> theirs, boolean top) {
    Map<String, Object> result = new LinkedHashMap<>();
    Set<String> keys = new TreeSet<>();
    ours.keySet().forEach(key -> keys.add(String.valueOf(key)));
    theirs.keySet().forEach(key -> keys.add(String.valueOf(key)));
    for (String key : keys) {
      boolean had = base.containsKey(key);
      boolean mine = ours.containsKey(key);
      boolean other = theirs.containsKey(key);
      if (mine && other) {
        result.put(key, values(key, top, base.get(key), ours.get(key), theirs.get(key)));
      } else if (mine && (!had || !Objects.equals(base.get(key), ours.get(key)))) {
        if (had) {
          throw new Overlap();
        }
        result.put(key, ours.get(key));
      } else if (other && (!had || !Objects.equals(base.get(key), theirs.get(key)))) {
        if (had) {
          throw new Overlap();
        }
        result.put(key, theirs.get(key));
      }
    }
    return result;
  }

  private @Nullable Object values(
      String key,
      boolean top,
      @Nullable Object base,
      @Nullable Object ours,
      @Nullable Object theirs) {
    if (Objects.equals(base, theirs) || Objects.equals(ours, theirs)) {
      return ours;
    }
    if (Objects.equals(base, ours)) {
      return theirs;
    }
    if (base instanceof Map<?, ?> b
        && ours instanceof Map<?, ?> o
        && theirs instanceof Map<?, ?> t) {
      return maps(b, o, t, false);
    }
    if (base instanceof List<?> b && ours instanceof List<?> o && theirs instanceof List<?> t) {
      return lists(b, o, t);
    }
    if (top
        && textFields.contains(key)
        && base instanceof String b
        && ours instanceof String o
        && theirs instanceof String t) {
      return TextMerge.merge(b, o, t).orElseThrow(Overlap::new);
    }
    throw new Overlap();
  }

  private static List<Object> lists(List<?> base, List<?> ours, List<?> theirs) {
    List<Object> result = new ArrayList<>();
    for (Object element : ours) {
      if (!base.contains(element) || theirs.contains(element)) {
        result.add(element);
      }
    }
    for (Object element : theirs) {
      if (!base.contains(element) && !result.contains(element)) {
        result.add(element);
      }
    }
    return result;
  }
}
