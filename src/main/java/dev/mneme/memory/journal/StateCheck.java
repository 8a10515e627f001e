package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import java.util.List;
import java.util.Optional;

/** Checks stored contents against their hashes, and the present rows against the journal. */
final class StateCheck {
  private static final int PAGE = 500;

  private final Stores stores;
  private final Findings findings;

  StateCheck(Stores stores, Findings findings) {
    this.stores = stores;
    this.findings = findings;
  }

  void run(Reads reads) {
    contents(reads);
    lastVersions(reads);
    stores.all().forEach(store -> strangers(reads, store));
  }

  private void contents(Reads reads) {
    record Content(String subject, Contents.Row row, Optional<String> hash) {}

    String subject = "";
    Optional<String> state = Optional.empty();
    try (var contents =
        reads
            .query(
                "SELECT c.subject, c.sequence, c.depth, c.salt, c.body, v.after_hash"
                    + " FROM journal_content c LEFT JOIN journal_version v"
                    + " ON v.subject = c.subject AND v.sequence = c.sequence"
                    + " WHERE c.owner_id = :owner ORDER BY c.subject, c.sequence")
            .map((rs, _) ->
                new Content(
                    rs.getString(1),
                    new Contents.Row(rs.getLong(2), rs.getInt(3), rs.getString(4), rs.getString(5)),
                    Optional.ofNullable(rs.getString(6))))
            .iterator()) {
      while (contents.hasNext()) {
        Content content = contents.next();
        findings.content();
        state =
            Contents.expand(
                content.subject().equals(subject) ? state : Optional.empty(), content.row());
        subject = content.subject();
        String salt = content.row().salt();
        Optional<String> hash = state.map(json -> Digests.hash(salt, json));
        if (hash.isEmpty() || !hash.equals(content.hash())) {
          findings.add(
              subject, content.row().sequence(), "content_changed", "a stored state was changed");
        }
      }
    }
  }

  /** The row of each subject must be what its last version left. */
  private void lastVersions(Reads reads) {
    record Last(String kind, String subject, long sequence, String hash, Optional<String> salt) {}

    try (var versions =
        reads
            .query(
                "SELECT v.kind, v.subject, v.sequence, v.after_hash, c.salt FROM journal_version v"
                    + " LEFT JOIN journal_content c ON c.subject = v.subject"
                    + " AND c.sequence = v.sequence WHERE v.owner_id = :owner"
                    + " AND v.after_hash <> '' AND NOT EXISTS (SELECT 1 FROM journal_version n"
                    + " WHERE n.subject = v.subject AND n.sequence > v.sequence)"
                    + " ORDER BY v.subject")
            .map((rs, _) ->
                new Last(
                    rs.getString(1),
                    rs.getString(2),
                    rs.getLong(3),
                    rs.getString(4),
                    Optional.ofNullable(rs.getString(5))))
            .iterator()) {
      while (versions.hasNext()) {
        Last last = versions.next();
        findings.row();
        Optional<State> current = current(reads, last.kind(), last.subject());
        if (last.salt().isEmpty()) {
          findings.add(
              last.subject(), last.sequence(), "content_missing", "its last state is gone");
        } else if (current.isEmpty()) {
          findings.add(
              last.subject(),
              last.sequence(),
              "row_missing",
              "the row was removed, or made unreadable, without the journal");
        } else if (!last.hash().equals(Digests.hash(last.salt().get(), current.get().json()))) {
          findings.add(
              last.subject(),
              last.sequence(),
              "row_changed",
              "the row was changed without the journal");
        }
      }
    }
  }

  // A row edited by hand may break the rules of its kind, so that it cannot even be read.
  private Optional<State> current(Reads reads, String kind, String subject) {
    try {
      return stores.of(kind).current(reads, subject);
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** No row may be there of which the journal knows nothing. */
  private void strangers(Reads reads, SubjectStore store) {
    String after = "";
    while (true) {
      List<String> page = store.ids(reads, after, PAGE);
      for (String id : page) {
        if (!JournalReads.exists(reads, id)) {
          findings.add(id, 0, "row_unknown", "the row was made without the journal");
        }
      }
      if (page.isEmpty()) {
        return;
      }
      after = page.getLast();
    }
  }
}
