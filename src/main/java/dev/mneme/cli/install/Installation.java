package dev.mneme.cli.install;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change of one configuration file, prepared and not yet made.
 *
 * @param before the file's text; empty where there is no file
 */
public record Installation(Path file, boolean exists, String before, String after) {
  private static final int CONTEXT = 3;
  private static final long LARGEST = 32 << 20;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /**
   * Reads the file and prepares the change.
   *
   * @throws MnemeException {@code cannot_edit}, or {@code cannot_read}
   */
  public static Installation prepare(Path file, FileEdit edit) {
    try {
      // A linked file is changed where it really is, so that the link stays.
      boolean exists = Files.exists(file);
      Path real = exists ? file.toRealPath() : file;
      if (exists && Files.size(real) > LARGEST) {
        throw MnemeException.invalid("cannot_edit", "it is larger than 32 MiB");
      }
      String before = exists ? Files.readString(real) : "";
      return new Installation(real, exists, before, edit.apply(before));
    } catch (IOException e) {
      throw MnemeException.unavailable("cannot_read", "Cannot read " + file + ": " + e);
    }
  }

  public boolean changesNothing() {
    return before.equals(after);
  }

  /** What would change, as a unified difference. */
  public String difference() {
    List<String> old = before.isEmpty() ? List.of() : before.lines().toList();
    List<String> lines =
        UnifiedDiffUtils.generateUnifiedDiff(
            exists ? file.toString() : "/dev/null",
            file.toString(),
            old,
            DiffUtils.diff(old, after.lines().toList()),
            CONTEXT);
    return String.join("\n", lines);
  }

  /**
   * Makes the change: a reader sees the old file or the new one.
   *
   * @return the copy kept of the old file, where there was one
   */
  public Optional<Path> make(LocalDateTime now) {
    try {
      Files.createDirectories(parent());
      Optional<Path> backup = Optional.empty();
      if (exists) {
        if (!Files.readString(file).equals(before)) {
          throw MnemeException.conflict(
              "changed_meanwhile", file + " was changed meanwhile. Run the command again.");
        }
        Path copy = file.resolveSibling(file.getFileName() + ".before-mneme-" + STAMP.format(now));
        backup = Optional.of(Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES));
      }
      write();
      return backup;
    } catch (IOException e) {
      throw MnemeException.unavailable("cannot_write", "Cannot write " + file + ": " + e);
    }
  }

  private void write() throws IOException {
    Set<PosixFilePermission> rights =
        exists ? Files.getPosixFilePermissions(file) : PosixFilePermissions.fromString("rw-------");
    Path draft = Files.createTempFile(parent(), ".mneme", ".new");
    try {
      Files.writeString(draft, after);
      Files.setPosixFilePermissions(draft, rights);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private Path parent() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }
}
