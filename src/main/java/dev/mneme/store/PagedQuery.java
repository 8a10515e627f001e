package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * A list that is read page by page: the rows of one table under conditions, from a cursor on. All
 * SQL is given by the caller's code; what comes from outside is bound. Confined to one thread.
 */
public final class PagedQuery {
  private final String table;
  private final String id;
  private final String order;
  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * @param table the table with its alias {@code t}, and what is joined to it
   * @param id the column of the id, such as {@code t.block_id}
   * @param order what is sorted by, never NULL
   */
  public PagedQuery(String table, String id, String order) {
    this.table = table;
    this.id = id;
    this.order = order;
  }

  public PagedQuery where(String condition) {
    conditions.add(condition);
    return this;
  }

  /** As {@link #where(String)}, with a value for the name that the condition uses. */
  public PagedQuery where(String condition, String name, Object value) {
    return bind(name, value).where(condition);
  }

  /** As above, where there is a value. */
  public PagedQuery where(String condition, String name, Optional<?> value) {
    return value.isEmpty() ? this : where(condition, name, (Object) value.get());
  }

  /** A value for a name that a condition uses. */
  public PagedQuery bind(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** The rows in the order asked for. */
  public <T> List<T> list(Reads reads, String columns, Page page, RowMapper<T> mapper) {
    boolean backwards = page.before().isPresent() && page.after().isEmpty();
    boolean descending = page.descending() != backwards;
    Optional<String> start = cursor(reads, page.after());
    Optional<String> end = cursor(reads, page.before());
    String direction = descending ? " DESC" : "";
    String sql =
        "SELECT "
            + columns
            + " FROM "
            + table
            + filter()
            + beyond(start, "after", page.descending())
            + beyond(end, "before", !page.descending())
            + " ORDER BY "
            + order
            + direction
            + ", "
            + id
            + direction
            + " LIMIT :page_limit";
    Query query = bound(reads.query(sql)).bind("page_limit", page.limit());
    bind(query, "after", page.after(), start);
    bind(query, "before", page.before(), end);
    List<T> rows = query.map(mapper).list();
    return backwards ? rows.reversed() : rows;
  }

  public long count(Reads reads) {
    return bound(reads.query("SELECT count(*) FROM " + table + filter())).mapTo(Long.class).one();
  }

  private Optional<String> cursor(Reads reads, Optional<String> cursor) {
    return cursor.map(value ->
        reads
            .query(
                "SELECT "
                    + order
                    + " FROM "
                    + table
                    + " WHERE t.owner_id = :owner AND "
                    + id
                    + " = :page_cursor")
            .bind("page_cursor", value)
            .mapTo(String.class)
            .findFirst()
            .orElseThrow(() ->
                MnemeException.notFound(
                    "unknown_cursor",
                    "The item to continue from is gone; begin again without 'before' or"
                        + " 'after'.")));
  }

  private String beyond(Optional<String> value, String name, boolean smaller) {
    return value.isEmpty()
        ? ""
        : " AND ("
            + order
            + ", "
            + id
            + ") "
            + (smaller ? "<" : ">")
            + " (:page_"
            + name
            + "_value, :page_"
            + name
            + "_id)";
  }

  private static void bind(Query query, String name, Optional<String> id, Optional<String> value) {
    if (value.isPresent()) {
      query.bind("page_" + name + "_value", value.get());
      query.bind("page_" + name + "_id", id.orElseThrow());
    }
  }

  private String filter() {
    StringBuilder sql = new StringBuilder(" WHERE t.owner_id = :owner");
    conditions.forEach(condition -> sql.append(" AND ").append(condition));
    return sql.toString();
  }

  private Query bound(Query query) {
    values.forEach((name, value) -> {
      if (value instanceof Iterable<?> many) {
        query.bindList(name, many);
      } else {
        query.bind(name, value);
      }
    });
    return query;
  }

  /** The pattern that finds a text anywhere, for {@code LIKE … ESCAPE '!'}. */
  public static String anywhere(String text) {
    return '%' + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
  }
}
