package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.VerifyReport;
import dev.mneme.search.HybridIndex;
import dev.mneme.search.SearchSettings;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.DataFolder;
import dev.mneme.store.Database;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.SecureRandom;
import java.util.Optional;

/** Checks that the journal and what it tells of are as they were written. */
public final class Verification {
  private Verification() {}

  /**
   * Verifies all of a data folder. A background owner gives way for as long as it takes.
   *
   * @throws MnemeException {@code data_folder_in_use} while {@code mneme serve} runs, {@code
   *     no_data} where there is nothing yet, which stays so
   */
  public static VerifyReport run(Config config) {
    if (!Files.exists(config.data().resolve("mneme.db"), LinkOption.NOFOLLOW_LINKS)) {
      throw MnemeException.notFound(
          "no_data",
          config.data()
              + " holds no memory yet, so there is nothing to verify; another folder is named with"
              + " --data.");
    }
    SecureRandom random = new SecureRandom();
    try (Closing closing = new Closing()) {
      DataFolder folder = closing.add(Ownership.take(config.data(), Role.SERVE));
      SecretBox secrets = SecretKeys.open(config, random);
      Database database = closing.add(Database.open(folder.database(), 1));
      HybridIndex index =
          closing.add(
              new HybridIndex(database, folder.index(), Optional.empty(), SearchSettings.DEFAULT));
      Memory memory = Memory.of(database, secrets.derivedKeys(Memory.KEY), index, random);
      return memory.journal().verifyAll();
    }
  }
}
