package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which scripts a database has had, as Flyway keeps it. */
final class SchemaHistory {
  static final String TABLE = "flyway_schema_history";

  private final Map<String, Integer> checksums = new HashMap<>();

  private SchemaHistory() {}

  /** The history, or nothing for a database without any table. */
  static Optional<SchemaHistory> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean any = false;
      boolean there = false;
      try (ResultSet tables =
          statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        while (tables.next()) {
          any = true;
          there |= tables.getString(1).equals(TABLE);
        }
      }
      if (!any) {
        return Optional.empty();
      }
      if (!there) {
        throw MnemeException.conflict(
            "not_our_database",
            "The database file in the data folder was not made by Mneme. Move it away, or choose"
                + " another folder with --data.");
      }
      return Optional.of(rows(statement));
    }
  }

  private static SchemaHistory rows(Statement statement) throws SQLException {
    SchemaHistory history = new SchemaHistory();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT version, checksum, success FROM flyway_schema_history WHERE version IS NOT"
                + " NULL")) {
      while (rows.next()) {
        if (!rows.getBoolean(3)) {
          throw MnemeException.conflict(
              "migration_incomplete",
              "An earlier update of the database failed at step "
                  + rows.getString(1)
                  + ". Restore a backup made before it: mneme restore FILE --data DIR");
        }
        history.checksums.put(rows.getString(1), rows.getInt(2));
      }
    }
    return history;
  }

  /** Whether scripts are missing; refuses a schema this program does not know. */
  boolean isBehind(List<Script> scripts) {
    Map<String, Integer> unknown = new HashMap<>(checksums);
    boolean behind = false;
    for (Script script : scripts) {
      Integer applied = unknown.remove(script.version());
      behind |= applied == null;
      if (applied != null && applied != script.checksum()) {
        throw MnemeException.conflict(
            "schema_differs",
            "The database was made by a build of Mneme that differs from this one (step "
                + script.version()
                + "). Use that build, or choose another folder with --data.");
      }
    }
    if (!unknown.isEmpty()) {
      throw MnemeException.conflict(
          "schema_newer",
          "The database was made by a newer version of Mneme (it has step "
              + unknown.keySet().stream().sorted().toList().getLast()
              + "). Nothing was changed. Update Mneme, or choose another folder with --data.");
    }
    return behind;
  }

  boolean has(Script script) {
    return checksums.containsKey(script.version());
  }

  /** The highest step; steps have two digits after the point, so their order is that of text. */
  String newest() {
    return checksums.keySet().stream().sorted().toList().getLast();
  }
}
