package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import dev.mneme.store.Database;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.StoredTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What commands read of a data folder; a server may go on running. */
public final class StoredCalls {
  private StoredCalls() {}

  /**
   * Calls of an owner, newest first; those of the last moment may be missing while a server runs.
   *
   * @param owner the name in {@code auth.keys}; {@code default} for the one of stdio
   */
  public static List<CallEntry> list(Config config, String owner, CallQuery query) {
    return read(config, database -> Ledger.find(database, Keyring.owner(owner), query))
        .orElse(List.of());
  }

  /** A tool that came over the API. */
  static Optional<StoredTool> tool(Config config, String owner, String name) {
    return read(config, database -> StoredTools.stored(database, Keyring.owner(owner), name))
        .flatMap(found -> found);
  }

  private static <T> Optional<T> read(Config config, Function<Database, T> work) {
    Path file = config.data().resolve("mneme.db");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Database database = Database.open(file, 1)) {
      return Optional.of(work.apply(database));
    } catch (MnemeException e) {
      throw e.code().equals("unknown_call")
          ? e
          : MnemeException.unavailable(
              "data_unreadable", "The data folder could not be read: " + e.message());
    }
  }
}
