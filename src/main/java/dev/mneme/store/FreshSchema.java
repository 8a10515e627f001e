package dev.mneme.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes the schema of an empty database in one transaction and leaves Flyway's history behind, so
 * that Flyway takes it from there. A test holds both ways of making it to the same result.
 */
final class FreshSchema {
  private static final String HISTORY =
      """
      CREATE TABLE "flyway_schema_history" (
          "installed_rank" INT NOT NULL PRIMARY KEY,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INT,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
          "execution_time" INT NOT NULL,
          "success" BOOLEAN NOT NULL
      );
      CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
      """;

  private FreshSchema() {}

  static void create(Connection connection, List<Script> scripts) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(HISTORY);
      for (Script script : scripts) {
        statement.executeUpdate(script.sql());
      }
      record(connection, scripts);
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static void record(Connection connection, List<Script> scripts) throws SQLException {
    try (PreparedStatement row =
        connection.prepareStatement(
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " checksum, installed_by, execution_time, success)"
                + " VALUES (?, ?, ?, 'SQL', ?, ?, '', 0, 1)")) {
      for (int i = 0; i < scripts.size(); i++) {
        Script script = scripts.get(i);
        row.setInt(1, i + 1);
        row.setString(2, script.version());
        row.setString(3, script.description());
        row.setString(4, script.file());
        row.setInt(5, script.checksum());
        row.executeUpdate();
      }
    }
  }
}
