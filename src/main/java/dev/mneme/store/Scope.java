package dev.mneme.store;

import dev.mneme.common.Owner;
import java.util.function.Consumer;
import java.util.function.Function;

/** The database as one owner sees it. Thread-safe; any thread may call and wait. */
public final class Scope {
  private final Database database;
  private final Owner owner;

  Scope(Database database, Owner owner) {
    this.database = database;
    this.owner = owner;
  }

  public Owner owner() {
    return owner;
  }

  /** Runs queries on a consistent snapshot. */
  public <T> T read(Function<Reads, T> work) {
    return database.onReader(handle -> work.apply(new Reads(handle, owner)));
  }

  /**
   * Runs a write transaction; it is durable when this returns, and undone when {@code work} throws.
   */
  public <T> T write(Function<Tx, T> work) {
    return database.onWriter(owner, work);
  }

  /** As {@link #write}, for work without a result. */
  public void update(Consumer<Tx> work) {
    database.onWriter(
        owner,
        tx -> {
          work.accept(tx);
          return Boolean.TRUE;
        });
  }
}
