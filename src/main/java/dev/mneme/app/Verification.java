package dev.mneme.app;

import dev.mneme.memory.journal.VerifyReport;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.SearchSettings;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.DataFolder;
import dev.mneme.store.Database;
import java.security.SecureRandom;
import java.util.Optional;

/** Checks that the journal and what it tells of are as they were written. */
public final class Verification {
  private Verification() {}

  /**
   * Verifies all of a data folder. A background owner gives way for as long as it takes.
   *
   * @throws dev.mneme.common.MnemeException {@code data_folder_in_use} while {@code mneme serve}
   *     runs
   */
  public static VerifyReport run(Config config) {
    SecureRandom random = new SecureRandom();
    try (Closing closing = new Closing()) {
      DataFolder folder = closing.add(Ownership.take(config.data(), Role.SERVE));
      SecretBox secrets = SecretBox.open(folder.secretKey(), config.secretKey(), random);
      Database database = closing.add(Database.open(folder.database(), 1));
      HybridIndex index =
          closing.add(
              new HybridIndex(database, folder.index(), Optional.empty(), SearchSettings.DEFAULT));
      Memory memory = Memory.of(database, secrets.derivedKey(Memory.KEY), index, random);
      return memory.journal().verifyAll();
    }
  }
}
