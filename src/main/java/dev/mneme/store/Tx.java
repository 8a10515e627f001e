package dev.mneme.store;

import dev.mneme.common.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/**
 * One write transaction of one owner. What must commit together is given the same {@code Tx}, and
 * each package writes its own rows in it.
 */
public final class Tx extends Reads {
  private final List<Runnable> afterCommit = new ArrayList<>();
  private int depth;

  Tx(Handle handle, Owner owner) {
    super(handle, owner);
  }

  public Update update(String sql) {
    return handle().createUpdate(scoped(sql)).bind("owner", owner().id());
  }

  /** A batch; the caller binds {@code owner} in each row. */
  public PreparedBatch batch(String sql) {
    return handle().prepareBatch(scoped(sql));
  }

  /**
   * As {@link #batch}, with {@code ?} for values and {@code :owner} for the owner, which is set
   * here.
   */
  public RowBatch rows(String sql) {
    return new RowBatch(handle(), owner(), scoped(sql));
  }

  /**
   * Runs an action on the caller's thread once the transaction is durable, before the call that
   * opened the transaction returns. Actions of different transactions may run in any order.
   */
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /**
   * Runs a part of the transaction that may fail alone: when it throws, what it wrote and what it
   * wanted done after the commit are dropped, and the transaction goes on.
   */
  public <T> T attempt(Supplier<T> part) {
    int before = afterCommit.size();
    String name = "part" + depth++;
    handle().savepoint(name);
    try {
      T result = part.get();
      handle().releaseSavepoint(name);
      return result;
    } catch (RuntimeException | Error e) {
      handle().rollbackToSavepoint(name);
      afterCommit.subList(before, afterCommit.size()).clear();
      throw e;
    } finally {
      depth--;
    }
  }

  List<Runnable> afterCommit() {
    return afterCommit;
  }
}
