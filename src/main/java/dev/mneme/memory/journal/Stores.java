package dev.mneme.memory.journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subject stores by kind, in the order in which their subjects are made. */
final class Stores {
  private final Map<String, SubjectStore> byKind = new LinkedHashMap<>();
  private final List<String> order;

  Stores(List<SubjectStore> stores) {
    stores.forEach(store -> byKind.put(store.kind(), store));
    order = List.copyOf(byKind.keySet());
  }

  SubjectStore of(String kind) {
    SubjectStore store = byKind.get(kind);
    if (store == null) {
      throw new IllegalArgumentException("The journal knows no kind '" + kind + "'.");
    }
    return store;
  }

  int rank(String kind) {
    return order.indexOf(kind);
  }

  List<SubjectStore> all() {
    return List.copyOf(byKind.values());
  }
}
