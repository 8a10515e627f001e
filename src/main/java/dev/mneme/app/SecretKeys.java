package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Journal;
import dev.mneme.secret.SecretBox;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a data folder. A fresh one is made for a new folder only. */
final class SecretKeys {
  private static final Logger log = LoggerFactory.getLogger(SecretKeys.class);

  private SecretKeys() {}

  /**
   * Opens the keys that the configuration and the data folder name.
   *
   * @throws MnemeException {@code secret_key_missing} where something was written with a key that
   *     is not there: a new one would make all of that unreadable and look forged
   */
  static SecretBox open(Config config, RandomGenerator random) {
    Path file = config.data().resolve("secret.key");
    // A folder that is being made has an empty file there.
    boolean used = config.data().resolve("mneme.db").toFile().length() > 0;
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (used && !there && config.secretKey().isEmpty()) {
      throw MnemeException.unavailable(
          "secret_key_missing",
          file
              + " is missing, the key of stored secrets and of the journal. Put back your copy of"
              + " it (a backup does not hold it), or set MNEME_SECRET_KEY as it was. If it is lost,"
              + " go on with a new one: (umask 077; openssl rand -base64 32 > '"
              + file
              + "'). Memory is all there then; stored secrets have to be given again, and older"
              + " journal rows can no longer be verified.");
    }
    return SecretBox.open(file, config.secretKey(), random);
  }

  /** A start is not refused: a key that was lost is replaced by a new one on purpose. */
  static void warnOfAnother(Journal journal) {
    if (!journal.knowsItsKey()) {
      log.warn(
          "The key (MNEME_SECRET_KEY, else secret.key) is not the one this data folder was written"
              + " with. Unless you have just made a new one because the old one is lost, stop Mneme"
              + " and put the old one back: with another key stored secrets cannot be read, and"
              + " what is written now does not verify with the old one.");
    }
  }
}
