package dev.mneme.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Looks a database over that came from outside, before anything trusts it. */
final class RestoredDatabase {
  private RestoredDatabase() {}

  static void check(Path file, String schema) {
    List<Script> scripts = Migrations.SCRIPTS.stream().map(Script::read).toList();
    try (Connection connection = readOnly(file)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA trusted_schema = OFF");
        statement.execute("PRAGMA cell_size_check = ON");
      }
      SchemaHistory history =
          SchemaHistory.read(connection)
              .orElseThrow(() -> BackupManifest.invalid("its database is empty"));
      history.isBehind(scripts);
      if (!history.newest().equals(schema)) {
        throw BackupManifest.invalid("its manifest does not fit its database");
      }
      requireOwnSchema(connection, scripts, history);
      requireSound(connection);
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }

  private static Connection readOnly(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    // Immutable: no log beside the file is read, and none is made.
    source.setUrl("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?immutable=1");
    return source.getConnection();
  }

  /** A trigger or view that no script made would run as soon as the server writes. */
  private static void requireOwnSchema(
      Connection connection, List<Script> scripts, SchemaHistory history) throws SQLException {
    SQLiteDataSource memory = new SQLiteDataSource();
    memory.setUrl("jdbc:sqlite::memory:");
    try (Connection own = memory.getConnection()) {
      FreshSchema.create(own, scripts.stream().filter(history::has).toList());
      if (!objects(connection).equals(objects(own))) {
        throw BackupManifest.invalid("its database has tables that are not Mneme's");
      }
    }
  }

  private static Set<String> objects(Connection connection) throws SQLException {
    Set<String> objects = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE"
                    + " 'sqlite~_stat_' ESCAPE '~'")) {
      while (rows.next()) {
        String sql = rows.getString(3).replaceAll("[\\s;]+", " ").strip();
        objects.add(rows.getString(1) + ' ' + rows.getString(2) + ' ' + sql);
      }
    }
    return objects;
  }

  private static void requireSound(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
        if (!rows.next() || !rows.getString(1).equals("ok")) {
          throw BackupManifest.invalid("its database is damaged");
        }
      }
      try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        if (rows.next()) {
          throw BackupManifest.invalid("its database is not consistent");
        }
      }
    }
  }
}
