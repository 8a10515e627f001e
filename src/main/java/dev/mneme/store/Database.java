package dev.mneme.store;

import dev.mneme.common.MnemeException;
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

  private Database(SQLiteDataSource source, SQLiteDataSource readOnly, int readers) {
    this.writer = new Writer(jdbi(source));
    this.readers = new Readers(jdbi(readOnly), readers);
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
    SQLiteDataSource readOnly = source(file);
    readOnly.setReadOnly(true);
    return new Database(source, readOnly, readers);
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
    return onWriter(Owner.DEFAULT, tx -> work.apply(tx.handle()));
  }

  /**
   * Overwrites what deleted rows have left in the database's log, so that it is nowhere on disk.
   * Waits for queries under way to end, at most ten seconds.
   *
   * @throws MnemeException unavailable, when a query still stands in the way; call it again later
   */
  public void forgetDeleted() {
    if (!writer.emptyLog()) {
      throw MnemeException.unavailable(
          "still_read", "A long query still reads what was deleted; try again in a moment.");
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  <T> T onReader(Function<Handle, T> work) {
    if (writer.isCurrentThread()) {
      throw misuse("read_in_write", "Read with the Tx: another transaction sees an older state.");
    }
    return readers.run(work);
  }

  <T> T onWriter(Owner owner, Function<Tx, T> work) {
    if (Readers.isReading()) {
      throw misuse("write_in_read", "Read and write in one Tx: the snapshot may be outdated.");
    }
    return writer.run(owner, work);
  }

  private static MnemeException misuse(String code, String rule) {
    return MnemeException.internal(
        code, "Transactions were nested wrongly.", new IllegalStateException(rule));
  }

  private static Jdbi jdbi(SQLiteDataSource source) {
    return Jdbi.create(source).setStatementBuilderFactory(_ -> new KeptStatements());
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
    // Sorting must not leave contents in temporary files.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setPragma(SQLiteConfig.Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(64 << 20));
    return config;
  }
}
