package dev.mneme.app;

import dev.mneme.common.MnemeException;
import dev.mneme.store.DataFolder;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Becoming the owner of a data folder. A background owner gives way to {@code mneme serve}: it is
 * told to end, its windows find the new owner by themselves. Nobody else is ever told to end.
 */
final class Ownership {
  private static final String BACKGROUND_NOTE = "background-owner";
  private static final int MAX_NOTE = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private Ownership() {}

  /**
   * Opens and locks the folder.
   *
   * @throws MnemeException {@code data_folder_in_use} when another server keeps it
   */
  static DataFolder take(Path data, Role role) {
    DataFolder folder = role == Role.SERVE ? takeOver(data) : DataFolder.open(data);
    note(folder, role);
    return folder;
  }

  private static DataFolder takeOver(Path data) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean told = false;
    while (true) {
      try {
        return DataFolder.open(data);
      } catch (MnemeException e) {
        Optional<ProcessHandle> background = background(data);
        boolean waits = told || background.isPresent();
        if (!e.code().equals("data_folder_in_use") || !waits || System.nanoTime() > end) {
          throw e;
        }
        if (!told) {
          background.ifPresent(ProcessHandle::destroy);
          told = true;
        }
        pause();
      }
    }
  }

  /** The background owner that holds the folder now, if one does. */
  private static Optional<ProcessHandle> background(Path data) {
    try {
      byte[] note = PrivateFiles.read(data.resolve("run").resolve(BACKGROUND_NOTE), MAX_NOTE);
      String[] words = new String(note, StandardCharsets.UTF_8).strip().split(" ", -1);
      if (words.length != 2) {
        return Optional.empty();
      }
      // The number alone could belong to another process by now.
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> started(process).equals(words[1]));
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static void note(DataFolder folder, Role role) {
    Path note = folder.run().resolve(BACKGROUND_NOTE);
    try {
      Files.deleteIfExists(note);
      if (role == Role.BACKGROUND) {
        ProcessHandle self = ProcessHandle.current();
        String text = self.pid() + " " + started(self) + "\n";
        PrivateFiles.write(note, text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      folder.close();
      throw MnemeException.internal("data_folder_unusable", "The data folder is not writable.", e);
    }
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("unknown");
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MnemeException.internal("interrupted", "The start was interrupted.", e);
    }
  }
}
