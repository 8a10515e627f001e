package dev.mneme.store;

import com.sun.security.auth.module.UnixSystem;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Files and folders for this user alone: made with 0600 and 0700, never opened through a symbolic
 * link, never used when somebody else owns them or may write them.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> AS_FOLDER = PosixFilePermissions.asFileAttribute(FOLDER);
  private static final FileAttribute<?> AS_FILE = PosixFilePermissions.asFileAttribute(FILE);

  private PrivateFiles() {}

  /** Makes the folder where it is missing; takes the rights of others away where it is there. */
  public static void folder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, AS_FOLDER);
    } catch (FileAlreadyExistsException _) {
      PosixFileAttributes there = attributes(folder);
      if (!there.isDirectory()) {
        throw MnemeException.conflict(
            "not_a_folder",
            folder + " is " + kind(there) + ", not a folder; remove it or choose another path.");
      }
      requireOwn(folder, there);
      if (!there.permissions().equals(FOLDER)) {
        Files.setPosixFilePermissions(folder, FOLDER);
      }
    }
  }

  /**
   * Makes an empty file where none is, so that a library which opens it cannot make it readable.
   */
  public static void touch(Path file) throws IOException {
    try {
      Files.createFile(file, AS_FILE);
    } catch (FileAlreadyExistsException _) {
      requireFile(file);
    }
  }

  /** Opens a file of ours for reading and writing, making it where it is missing. */
  public static FileChannel open(Path file) throws IOException {
    touch(file);
    return FileChannel.open(
        file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a new file and opens it for writing; fails where one exists. */
  public static FileChannel create(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, AS_FILE);
  }

  /** Reads a whole small file of ours. */
  public static byte[] read(Path file, int limit) throws IOException {
    requireFile(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() > limit) {
        throw MnemeException.limit(
            "file_too_large", file + " is larger than " + limit + " bytes, the most it may be.");
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads until the file ends.
      }
      byte[] content = new byte[bytes.position()];
      bytes.flip().get(content);
      return content;
    }
  }

  /** Writes a whole small file so that a reader, or a crash, sees the old or the new one. */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, content, true);
    forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  /** As {@link #write}, for what may be lost when the machine fails: waits for no disk. */
  public static void writeLightly(Path file, byte[] content) throws IOException {
    replace(file, content, false);
  }

  private static void replace(Path file, byte[] content, boolean durable) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (FileChannel channel = create(draft)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (durable) {
        channel.force(true);
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes what was created or renamed in the folder survive a power cut. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Checks that a file, if it is there, is a plain file of this user's. */
  public static void requireFile(Path file) throws IOException {
    PosixFileAttributes there;
    try {
      there = attributes(file);
    } catch (NoSuchFileException _) {
      return;
    }
    if (!there.isRegularFile()) {
      throw MnemeException.denied(
          "unsafe_file",
          file + " is " + kind(there) + ", not a plain file; Mneme does not open it.");
    }
    requireOwn(file, there);
    if (!FILE.containsAll(there.permissions())) {
      Set<PosixFilePermission> own = EnumSet.copyOf(there.permissions());
      own.retainAll(FILE);
      Files.setPosixFilePermissions(file, own);
    }
  }

  /** Refuses what belongs to somebody else or what others may write. */
  static void requireOwn(Path path, PosixFileAttributes there) throws IOException {
    Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    long self = new UnixSystem().getUid();
    if (((Number) owner).longValue() != self) {
      throw MnemeException.denied(
          "unsafe_owner",
          path
              + " belongs to the user "
              + there.owner().getName()
              + "; run Mneme as that user, or choose another data folder with --data.");
    }
    Set<PosixFilePermission> rights = there.permissions();
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw MnemeException.denied(
          "unsafe_permissions",
          "Other users may write "
              + path
              + " ("
              + PosixFilePermissions.toString(rights)
              + "). Look at what is in it, then run: chmod go-w '"
              + path
              + "'");
    }
  }

  static PosixFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String kind(PosixFileAttributes there) {
    if (there.isSymbolicLink()) {
      return "a symbolic link";
    }
    if (there.isDirectory()) {
      return "a folder";
    }
    return there.isRegularFile() ? "a file" : "a special file";
  }
}
