package dev.mneme.store;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.MnemeException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite and JDBI throw into Mneme's kinds of error. */
final class SqlErrors {
  private SqlErrors() {}

  static RuntimeException translate(@Nullable Throwable failure) {
    if (failure instanceof MnemeException known) {
      return known;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return translate(sqlite, sqlite);
      }
    }
    return new MnemeException(
        ErrorKind.INTERNAL,
        "store_failure",
        "The store failed; the log has the details.",
        Map.of(),
        failure);
  }

  private static MnemeException translate(SQLiteException sqlite, Throwable failure) {
    SQLiteErrorCode code = sqlite.getResultCode();
    return switch (code) {
      case SQLITE_FULL ->
          MnemeException.unavailable(
              "disk_full",
              "The disk with the data folder is full. Nothing was changed; free some space and"
                  + " retry.");
      case SQLITE_READONLY,
          SQLITE_READONLY_DBMOVED,
          SQLITE_READONLY_DIRECTORY,
          SQLITE_CANTOPEN,
          SQLITE_PERM ->
          MnemeException.unavailable(
              "store_read_only",
              "The data folder cannot be written. Nothing was changed; check its permissions.");
      case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_SEQUENCE ->
          MnemeException.unavailable(
              "store_damaged",
              "The database file is damaged, or is no database. Stop Mneme, keep a copy of the data"
                  + " folder, and restore a backup: mneme restore FILE --data NEW_FOLDER");
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY ->
          MnemeException.conflict("already_exists", "Something with the same name exists already.");
      case SQLITE_CONSTRAINT_FOREIGNKEY ->
          MnemeException.conflict(
              "still_referenced", "Something still refers to this, or it is gone.");
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_BUSY_SNAPSHOT ->
          MnemeException.unavailable("store_busy", "The store is busy; try again.");
      default ->
          MnemeException.internal(
              "store_failure", "The store failed; the log has the details.", failure);
    };
  }
}
