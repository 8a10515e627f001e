package dev.mneme.sandbox.ledger;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes entries of several owners, a transaction for each owner. An entry that cannot be written
 * takes none of the others with it. Thread-safe.
 */
final class CallBatches {
  private final Database database;

  CallBatches(Database database) {
    this.database = database;
  }

  /** Why entries were not written that could not be; all others are on disk. */
  Map<CallEntry, RuntimeException> put(List<CallEntry> entries) {
    Map<Owner, List<CallEntry>> byOwner = new LinkedHashMap<>();
    entries.forEach(entry ->
        byOwner.computeIfAbsent(entry.caller().owner(), _ -> new ArrayList<>()).add(entry));
    Map<CallEntry, RuntimeException> failed = new HashMap<>();
    byOwner.forEach((owner, own) -> put(owner, own, failed));
    return failed;
  }

  private void put(Owner owner, List<CallEntry> entries, Map<CallEntry, RuntimeException> failed) {
    try {
      database.scope(owner).update(tx -> CallRows.put(tx, entries));
    } catch (RuntimeException e) {
      if (entries.size() == 1 || isOfTheStore(e)) {
        entries.forEach(entry -> failed.put(entry, e));
        return;
      }
      entries.forEach(entry -> put(owner, List.of(entry), failed));
    }
  }

  /** Whether it is no entry's fault: then it would only fail, and take its time, once more. */
  private static boolean isOfTheStore(RuntimeException failure) {
    return failure instanceof MnemeException known && known.kind() == ErrorKind.UNAVAILABLE;
  }
}
