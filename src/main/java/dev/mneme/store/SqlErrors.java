package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns what SQLite and JDBI throw into Mneme's kinds of error. What is nobody's fault but ours is
 * logged here, once; callers only pass it on.
 */
final class SqlErrors {
  private static final Logger log = LoggerFactory.getLogger(SqlErrors.class);
  static final String DEFECT = "store_failure";

  private SqlErrors() {}

  static RuntimeException translate(@Nullable Throwable failure) {
    if (failure instanceof MnemeException known) {
      return known;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MnemeException known) {
        return known;
      }
      if (cause instanceof SQLiteException sqlite) {
        return expected(sqlite.getResultCode()).orElseGet(() -> defect(failure));
      }
    }
    return defect(failure);
  }

  private static MnemeException defect(@Nullable Throwable failure) {
    Throwable cause = failure == null ? new IllegalStateException() : failure;
    log.error("A transaction failed.", cause);
    return MnemeException.internal(
        DEFECT, "The store failed and changed nothing; the log has the details.", cause);
  }

  private static Optional<MnemeException> expected(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_FULL ->
          unavailable(
              "disk_full",
              "The disk with the data folder is full. Nothing was changed; free some space and"
                  + " retry.");
      case SQLITE_READONLY,
          SQLITE_READONLY_DBMOVED,
          SQLITE_READONLY_DIRECTORY,
          SQLITE_READONLY_CANTINIT,
          SQLITE_CANTOPEN,
          SQLITE_PERM ->
          unavailable(
              "store_read_only",
              "The data folder cannot be written. Nothing was changed; check its permissions.");
      case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_SEQUENCE ->
          unavailable(
              "store_damaged",
              "The database file is damaged, or is no database. Stop Mneme, keep a copy of the data"
                  + " folder, and restore a backup: mneme restore FILE --data NEW_FOLDER");
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY ->
          Optional.of(
              MnemeException.conflict(
                  "already_exists", "Something with the same name exists already."));
      case SQLITE_CONSTRAINT_FOREIGNKEY ->
          Optional.of(
              MnemeException.conflict(
                  "still_referenced", "Something still refers to this, or it is gone."));
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT ->
          unavailable("store_busy", "The store is busy; try again.");
      case SQLITE_INTERRUPT -> Optional.of(Readers.cancelled());
      case SQLITE_TOOBIG ->
          Optional.of(
              MnemeException.limit("value_too_big", "A value is larger than the store can hold."));
      default ->
          code.name().startsWith("SQLITE_IOERR")
              ? unavailable(
                  "disk_failure",
                  "The disk with the data folder reports errors (" + code.name() + "). Check it.")
              : Optional.empty();
    };
  }

  private static Optional<MnemeException> unavailable(String code, String message) {
    return Optional.of(MnemeException.unavailable(code, message));
  }
}
