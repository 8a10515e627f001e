package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Brings the schema up to date; each feature keeps its own scripts.
 *
 * <p>Flyway costs the better part of a second even when it has nothing to do, so it is loaded only
 * to bring an older schema forward. Whether that is needed is read from its history table; a fresh
 * database gets all scripts, and the history they leave, from {@link FreshSchema}.
 */
final class Migrations {
  /** Every script in the order of its version; a test compares the list with what is there. */
  static final List<String> SCRIPTS =
      List.of(
          "store/migrations/V1_00__owners.sql",
          "memory/migrations/V1_10__journal.sql",
          "memory/migrations/V1_11__memory.sql",
          "agent/migrations/V1_30__agent.sql",
          "message/migrations/V1_35__message.sql",
          "run/migrations/V1_38__run.sql",
          "search/migrations/V1_40__vectors.sql",
          "search/migrations/V1_41__message_vectors.sql",
          "tool/migrations/V1_50__tool.sql",
          "sandbox/migrations/V1_60__ledger.sql",
          "sandbox/migrations/V1_61__approval.sql",
          "sandbox/migrations/V1_62__kept_file.sql",
          "mcp/migrations/V1_70__mcp_server.sql",
          "mcp/migrations/V1_71__mcp_login.sql",
          "mcp/migrations/V1_72__mcp_era.sql",
          "mcp/migrations/V1_73__mcp_sampling.sql");

  private Migrations() {}

  static void run(DataSource source) {
    run(source, SCRIPTS);
  }

  static void run(DataSource source, List<String> paths) {
    List<Script> scripts = paths.stream().map(Script::read).toList();
    try (Connection connection = source.getConnection()) {
      Optional<SchemaHistory> history = SchemaHistory.read(connection);
      if (history.isEmpty()) {
        FreshSchema.create(connection, scripts);
        return;
      }
      if (!history.get().isBehind(scripts)) {
        return;
      }
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
    try {
      FlywayMigration.run(source, scripts);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private static MnemeException failed(RuntimeException cause) {
    RuntimeException known = SqlErrors.translate(cause);
    if (known instanceof MnemeException error && !error.code().equals(SqlErrors.DEFECT)) {
      return error;
    }
    return MnemeException.internal(
        "migration_failed",
        "The database could not be brought to this version of Mneme; it was left as it was. The"
            + " log has the details.",
        cause);
  }
}
