package dev.mneme.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one connection, because SQLite would parse and plan the same few
 * texts anew for every call. A statement in use is not in here, so that a text may be used twice at
 * a time. Kept ones hold no values. Confined to the thread of its connection.
 */
final class KeptStatements implements StatementBuilder {
  private static final int MAX = 64;

  private final DefaultStatementBuilder maker = new DefaultStatementBuilder();
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  /** The texts of those in use: JDBI names another at their end than it did to begin with. */
  private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement given = kept == null ? maker.create(connection, sql, context) : kept;
    used.put(given, sql);
    return given;
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return maker.create(connection, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return maker.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String template, Statement statement)
      throws SQLException {
    String sql = used.remove(statement);
    if (sql == null
        || idle.containsKey(sql)
        || !(statement instanceof PreparedStatement prepared)) {
      statement.close();
      return;
    }
    try {
      prepared.clearBatch();
      prepared.clearParameters();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
    idle.put(sql, prepared);
    if (idle.size() > MAX) {
      Map.Entry<String, PreparedStatement> oldest = idle.entrySet().iterator().next();
      idle.remove(oldest.getKey());
      oldest.getValue().close();
    }
  }

  @Override
  public void close(Connection connection) {
    for (PreparedStatement each : idle.values()) {
      try {
        each.close();
      } catch (SQLException _) {
        // The connection is closed next, and takes it along.
      }
    }
    idle.clear();
  }
}
