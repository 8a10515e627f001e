package dev.mneme.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tables of the migrated schema. */
final class OwnedTables {
  private OwnedTables() {}

  /** Tables whose rows name their owner. */
  static List<String> of(Handle handle) {
    return all(handle).stream()
        .filter(table -> columns(handle, table).contains("owner_id"))
        .toList();
  }

  static List<String> all(Handle handle) {
    return handle
        .createQuery(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%'"
                + " ESCAPE '~' ORDER BY name")
        .mapTo(String.class)
        .list();
  }

  /** The names of columns that must not be NULL. */
  static List<String> columns(Handle handle, String table) {
    return handle
        .createQuery("SELECT name FROM pragma_table_info(:table) WHERE \"notnull\" = 1")
        .bind("table", table)
        .mapTo(String.class)
        .list();
  }

  /** The tables that the column refers to. */
  static List<String> references(Handle handle, String table, String column) {
    return handle
        .createQuery(
            "SELECT \"table\" FROM pragma_foreign_key_list(:table) WHERE \"from\" = :column")
        .bind("table", table)
        .bind("column", column)
        .mapTo(String.class)
        .list();
  }
}
