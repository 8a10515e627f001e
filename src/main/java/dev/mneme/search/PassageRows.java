package dev.mneme.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.mneme.common.Json;
import dev.mneme.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads the passages of all owners, for the index. Thread-safe. */
final class PassageRows {
  private static final String COLUMNS =
      "passage_id, owner_id, archive_id, text, tags, created_at, sequence";
  private static final int IN_LIST = 500;
  private static final ObjectReader STRINGS = Json.mapper().readerForListOf(String.class);

  private final Database database;

  PassageRows(Database database) {
    this.database = database;
  }

  /** Where a walk through all rows stands. */
  record Cursor(long sequence, String id) {
    static Cursor after(long sequence) {
      // No id is greater than this one, so the walk goes on with the next sequence.
      return new Cursor(sequence, "\uffff");
    }
  }

  List<PassageRow> byIds(Collection<String> ids) {
    List<PassageRow> rows = new ArrayList<>(ids.size());
    for (List<String> part : parts(ids)) {
      rows.addAll(
          database.maintain(h ->
              h.createQuery("SELECT " + COLUMNS + " FROM passage WHERE passage_id IN (<ids>)")
                  .bindList("ids", part)
                  .map(PassageRows::row)
                  .list()));
    }
    return rows;
  }

  /** The sequences of those of these passages that exist. */
  Map<String, Long> sequences(Collection<String> ids) {
    Map<String, Long> found = new HashMap<>();
    for (List<String> part : parts(ids)) {
      database.maintain(h ->
          h.createQuery("SELECT passage_id, sequence FROM passage WHERE passage_id IN (<ids>)")
              .bindList("ids", part)
              .map((r, _) -> found.put(r.getString(1), r.getLong(2)))
              .list());
    }
    return found;
  }

  /** The next rows in the order of their last change. */
  List<PassageRow> after(Cursor cursor, int count) {
    return database.maintain(h ->
        h.createQuery(
                "SELECT "
                    + COLUMNS
                    + " FROM passage WHERE (sequence, passage_id) > (:sequence, :id)"
                    + " ORDER BY sequence, passage_id LIMIT :count")
            .bind("sequence", cursor.sequence())
            .bind("id", cursor.id())
            .bind("count", count)
            .map(PassageRows::row)
            .list());
  }

  /** The passages of a part of such a walk, up to this row, that have not changed since. */
  Set<String> idsBetween(Cursor before, PassageRow last) {
    return database.maintain(h ->
        new HashSet<>(
            h.createQuery(
                    "SELECT passage_id FROM passage WHERE (sequence, passage_id) > (:sequence, :id)"
                        + " AND (sequence, passage_id) <= (:last, :lastId)")
                .bind("sequence", before.sequence())
                .bind("id", before.id())
                .bind("last", last.sequence())
                .bind("lastId", last.id())
                .mapTo(String.class)
                .list()));
  }

  /** Passages changed after a sequence, with the sequence of their last change. */
  Map<String, Long> changedAfter(long sequence) {
    return database.maintain(h -> {
      Map<String, Long> changed = new HashMap<>();
      h.createQuery("SELECT passage_id, sequence FROM passage WHERE sequence > :sequence")
          .bind("sequence", sequence)
          .map((r, _) -> changed.put(r.getString(1), r.getLong(2)))
          .list();
      return changed;
    });
  }

  long count() {
    return number("SELECT count(*) FROM passage");
  }

  boolean any() {
    return number("SELECT count(*) FROM (SELECT 1 FROM passage LIMIT 1) AS one") > 0;
  }

  long newest() {
    return number("SELECT coalesce(max(sequence), 0) FROM passage");
  }

  Set<String> ids() {
    return database.maintain(h ->
        new HashSet<>(h.createQuery("SELECT passage_id FROM passage").mapTo(String.class).list()));
  }

  private long number(String sql) {
    return database.maintain((Handle h) -> h.createQuery(sql).mapTo(Long.class).one());
  }

  static PassageRow row(ResultSet r, StatementContext context) throws SQLException {
    return new PassageRow(
        r.getString("passage_id"),
        r.getString("owner_id"),
        r.getString("archive_id"),
        r.getString("text"),
        tags(r.getString("tags")),
        Instant.parse(r.getString("created_at")),
        r.getLong("sequence"));
  }

  private static List<String> tags(String json) throws SQLException {
    if (json.equals("[]")) {
      return List.of();
    }
    try {
      return STRINGS.readValue(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("tags are not a JSON list of strings", e);
    }
  }

  private static List<List<String>> parts(Collection<String> ids) {
    List<String> all = List.copyOf(ids);
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < all.size(); i += IN_LIST) {
      parts.add(all.subList(i, Math.min(all.size(), i + IN_LIST)));
    }
    return parts;
  }
}
