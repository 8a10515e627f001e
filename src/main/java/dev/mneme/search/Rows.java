package dev.mneme.search;

import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads what can be found, of all owners, for the index. Thread-safe. */
abstract sealed class Rows permits PassageRows, MessageRows {
  private static final int IN_LIST = 500;

  private final Database database;
  private final Table table;

  Rows(Database database, Table table) {
    this.database = database;
    this.table = table;
  }

  /**
   * Where the rows stand.
   *
   * @param text the column that holds the text, as it is or in a form of the table's own
   * @param newestFirst the order of its rows
   */
  record Table(
      Kind kind,
      String name,
      String id,
      String container,
      String text,
      String columns,
      String newestFirst) {}

  /** Where a walk through all rows stands. */
  record Cursor(long sequence, String id) {
    static Cursor after(long sequence) {
      // No id is greater than this one, so the walk goes on with the next sequence.
      return new Cursor(sequence, "\uffff");
    }

    static Cursor at(SearchRow row) {
      return new Cursor(row.sequence(), row.id());
    }
  }

  /** A row of a result with the table's columns. */
  abstract SearchRow row(ResultSet r, StatementContext context) throws SQLException;

  final Kind kind() {
    return table.kind();
  }

  final Table table() {
    return table;
  }

  final Database database() {
    return database;
  }

  /**
   * The rows of one owner in these containers; empty: in all.
   *
   * @param rest further conditions and the order
   */
  final Query select(Reads reads, Set<String> containers, String rest) {
    boolean all = containers.isEmpty();
    Query query =
        reads.query(
            "SELECT "
                + table.columns()
                + " FROM "
                + table.name()
                + " WHERE owner_id = :owner"
                + (all ? "" : " AND " + table.container() + " IN (<containers>)")
                + rest);
    return all ? query : query.bindList("containers", List.copyOf(containers));
  }

  final List<SearchRow> byIds(Collection<String> ids) {
    List<SearchRow> rows = new ArrayList<>(ids.size());
    for (List<String> part : parts(ids)) {
      rows.addAll(
          database.maintain(h ->
              h.createQuery(sql("SELECT $columns FROM $table WHERE $id IN (<ids>)"))
                  .bindList("ids", part)
                  .map(this::row)
                  .list()));
    }
    return rows;
  }

  /** The sequences of those of these rows that exist. */
  final Map<String, Long> sequences(Collection<String> ids) {
    Map<String, Long> found = new HashMap<>();
    for (List<String> part : parts(ids)) {
      database.maintain(h ->
          h.createQuery(sql("SELECT $id, sequence FROM $table WHERE $id IN (<ids>)"))
              .bindList("ids", part)
              .map((r, _) -> found.put(r.getString(1), r.getLong(2)))
              .list());
    }
    return found;
  }

  /** The next rows in the order of their last change. */
  final List<SearchRow> after(Cursor cursor, int count) {
    return database.maintain(h ->
        h.createQuery(
                sql(
                    "SELECT $columns FROM $table WHERE (sequence, $id) > (:sequence, :id)"
                        + " ORDER BY sequence, $id LIMIT :count"))
            .bind("sequence", cursor.sequence())
            .bind("id", cursor.id())
            .bind("count", count)
            .map(this::row)
            .list());
  }

  /** The rows of a part of such a walk, up to this one, that have not changed since. */
  final Set<String> idsBetween(Cursor before, SearchRow last) {
    return database.maintain(h ->
        new HashSet<>(
            h.createQuery(
                    sql(
                        "SELECT $id FROM $table WHERE (sequence, $id) > (:sequence, :id)"
                            + " AND (sequence, $id) <= (:last, :lastId)"))
                .bind("sequence", before.sequence())
                .bind("id", before.id())
                .bind("last", last.sequence())
                .bind("lastId", last.id())
                .mapTo(String.class)
                .list()));
  }

  /** Rows changed after a sequence, with the sequence of their last change. */
  final Map<String, Long> changedAfter(long sequence) {
    return database.maintain(h -> {
      Map<String, Long> changed = new HashMap<>();
      h.createQuery(sql("SELECT $id, sequence FROM $table WHERE sequence > :sequence"))
          .bind("sequence", sequence)
          .map((r, _) -> changed.put(r.getString(1), r.getLong(2)))
          .list();
      return changed;
    });
  }

  /**
   * How many rows there are.
   *
   * @param upTo the newest sequence the asker knows
   */
  abstract long count(long upTo);

  final boolean any() {
    return number("SELECT count(*) FROM (SELECT 1 FROM $table LIMIT 1) AS one") > 0;
  }

  final long newest() {
    return number("SELECT coalesce(max(sequence), 0) FROM $table");
  }

  final Set<String> ids() {
    return strings("SELECT $id FROM $table");
  }

  final Set<String> strings(String sql) {
    return database.maintain(
        h -> new HashSet<>(h.createQuery(sql(sql)).mapTo(String.class).list()));
  }

  final long number(String sql) {
    return database.maintain((Handle h) -> h.createQuery(sql(sql)).mapTo(Long.class).one());
  }

  private String sql(String pattern) {
    return pattern
        .replace("$table", table.name())
        .replace("$columns", table.columns())
        .replace("$id", table.id());
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
