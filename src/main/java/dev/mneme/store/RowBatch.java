package dev.mneme.store;

import dev.mneme.common.Owner;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Many rows by one statement, their values by place: for what is written at every call, where names
 * cost more than the database does. Confined to the thread of its transaction.
 *
 * @see Tx#rows
 */
public final class RowBatch implements AutoCloseable {
  private static final String OWNER = ":owner";

  private final Handle handle;
  private final String text;
  private final PreparedStatement statement;
  private final Owner owner;
  private final List<Integer> owners = new ArrayList<>();
  private int place;
  private boolean empty = true;

  RowBatch(Handle handle, Owner owner, String sql) {
    this.handle = handle;
    this.owner = owner;
    this.text = sql.replace(OWNER, "?");
    int marks = 0;
    for (int at = 0; at < sql.length(); at++) {
      if (sql.charAt(at) == '?') {
        marks++;
      } else if (sql.startsWith(OWNER, at)) {
        owners.add(++marks);
      }
    }
    // By way of the handle, which keeps the statement for the next batch.
    StatementContext context = handle.prepareBatch(text).getContext();
    this.statement =
        asked(() -> handle.getStatementBuilder().create(handle.getConnection(), text, context));
  }

  public RowBatch text(String value) {
    return set(at -> statement.setString(at, value));
  }

  /** NULL where there is none. */
  public RowBatch text(Optional<String> value) {
    return value.map(this::text).orElseGet(() -> set(at -> statement.setNull(at, Types.VARCHAR)));
  }

  public RowBatch number(long value) {
    return set(at -> statement.setLong(at, value));
  }

  /** Ends a row, whose values were all set. */
  public void add() {
    asked(() -> {
      for (int at : owners) {
        statement.setString(at, owner.id());
      }
      statement.addBatch();
      return true;
    });
    place = 0;
    empty = false;
  }

  /** Writes all rows that were added. */
  public void execute() {
    if (!empty) {
      asked(statement::executeBatch);
      empty = true;
    }
  }

  @Override
  public void close() {
    asked(() -> {
      handle.getStatementBuilder().close(handle.getConnection(), text, statement);
      return true;
    });
  }

  private interface Setting {
    void set(int at) throws SQLException;
  }

  private RowBatch set(Setting value) {
    do {
      place++;
    } while (owners.contains(place));
    return asked(() -> {
      value.set(place);
      return this;
    });
  }

  private interface Asking<T> {
    T ask() throws SQLException;
  }

  private static <T> T asked(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (SQLException e) {
      throw SqlErrors.translate(e);
    }
  }
}
