package dev.mneme.store;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Queries of one owner within one transaction. Every statement has to name {@code :owner}, which is
 * bound here, so that a forgotten condition fails at once instead of leaking rows.
 *
 * <p>Confined to the thread of its transaction; of no use after it.
 */
public sealed class Reads permits Tx {
  private static final String OWNER = ":owner";

  private final Handle handle;
  private final Owner owner;

  Reads(Handle handle, Owner owner) {
    this.handle = handle;
    this.owner = owner;
  }

  public final Owner owner() {
    return owner;
  }

  public final Query query(String sql) {
    return handle.createQuery(scoped(sql)).bind("owner", owner.id());
  }

  /** The first column of the first row, as a number; absent when there is no row or it is NULL. */
  public final Optional<Long> number(String sql) {
    return query(sql)
        .map((rs, _) -> {
          long number = rs.getLong(1);
          return rs.wasNull() ? Optional.<Long>empty() : Optional.of(number);
        })
        .findFirst()
        .flatMap(number -> number);
  }

  final Handle handle() {
    return handle;
  }

  static String scoped(String sql) {
    int at = sql.indexOf(OWNER);
    while (at >= 0
        && at + OWNER.length() < sql.length()
        && Character.isJavaIdentifierPart(sql.charAt(at + OWNER.length()))) {
      at = sql.indexOf(OWNER, at + 1);
    }
    if (at < 0) {
      throw MnemeException.internal(
          "unscoped_sql", "A statement does not name its owner.", new IllegalStateException(sql));
    }
    return sql;
  }
}
