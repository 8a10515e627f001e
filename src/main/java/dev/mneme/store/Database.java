package dev.mneme.store;

import dev.mneme.common.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file of a data folder: one writer, several readers, all on platform threads, because
 * SQLite's native calls would pin a virtual thread's carrier.
 *
 * <p>A write is durable when the call returns (WAL, {@code synchronous=FULL}). Thread-safe. Opening
 * migrates the schema when it is behind. After {@link #close()} every call fails as unavailable.
 */
public final class Database implements AutoCloseable {
  private static final Duration BUSY = Duration.ofSeconds(10);

  private final Readers readers;
  private final Writer writer;

  private Database(Jdbi jdbi, int readers) {
    this.writer = new Writer(jdbi);
    this.readers = new Readers(jdbi, readers);
  }

  /**
   * Opens the database, making and migrating it as needed.
   *
   * @param file the database file; its folder exists and is locked by the caller
   * @param readers how many queries may run at the same time
   */
  public static Database open(Path file, int readers) {
    SQLiteDataSource source = source(file);
    Migrations.run(source);
    return new Database(Jdbi.create(source), readers);
  }

  /** The database as this owner sees it. */
  public Scope scope(Owner owner) {
    return new Scope(this, owner);
  }

  /** Reads across owners, for maintenance only: verification, index building, backup. */
  public <T> T maintain(Function<Handle, T> work) {
    return onReader(work);
  }

  /** Writes across owners, for maintenance only: stored vectors, checkpoints, sweeping. */
  public <T> T maintainWrite(Function<Handle, T> work) {
    return writer.run(Owner.DEFAULT, tx -> work.apply(tx.handle()));
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  <T> T onReader(Function<Handle, T> work) {
    return readers.run(work);
  }

  <T> T onWriter(Owner owner, Function<Tx, T> work) {
    return writer.run(owner, work);
  }

  static SQLiteDataSource source(Path file) {
    SQLiteDataSource source = new SQLiteDataSource(config());
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) BUSY.toMillis());
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    // Redacted contents must not survive in freed pages.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-8192");
    return config;
  }
}
