package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a backup into a folder that is new or empty. The archive counts as hostile. */
public final class Restore {
  static final int MAX_CONFIGURATION = 1 << 20;

  /**
   * What was restored.
   *
   * @param created when the backup was made
   * @param version the program that made it
   * @param notes what the user has to do now, in sentences
   */
  public record Result(Path dataFolder, String created, String version, List<String> notes) {}

  private Restore() {}

  static Result run(Path file, Path target) {
    try {
      requireEmpty(target);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      BackupManifest manifest;
      try (Staging staging = Staging.beside(target)) {
        manifest = BackupArchive.extract(file, staging.path());
        RestoredDatabase.check(staging.path().resolve(DataFolder.DATABASE), manifest.schema());
        moveIntoPlace(staging.path(), target);
      }
      return new Result(target, manifest.created(), manifest.version(), notes());
    } catch (IOException e) {
      throw Staging.failed("The backup could not be restored to " + target, e);
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PrivateFiles.folder(target);
    try (Stream<Path> entries = Files.list(target)) {
      if (entries.findAny().isPresent()) {
        throw occupied(target);
      }
    }
  }

  /** A rename replaces an empty folder, and fails should it have been filled meanwhile. */
  private static void moveIntoPlace(Path staged, Path target) throws IOException {
    PrivateFiles.forceFolder(staged);
    try {
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      requireEmpty(target);
      throw e;
    }
    PrivateFiles.forceFolder(Objects.requireNonNull(target.getParent()));
  }

  private static List<String> notes() {
    return List.of(
        "Put secret.key of the old folder into the new one before the first start, or set"
            + " MNEME_SECRET_KEY: stored secrets cannot be read without it, and the journal cannot"
            + " be verified.",
        "The search index is made again at the first start.");
  }

  private static MnemeException occupied(Path target) {
    return MnemeException.conflict(
        "folder_not_empty",
        target + " is not empty. Restore into a new folder: mneme restore FILE --data NEW_FOLDER");
  }
}
