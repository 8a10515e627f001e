package dev.mneme.relay;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a relay and an owner agree on inside a data folder. Immutable. */
public final class OwnerFolder {
  /** The longest path every system accepts for a socket, in bytes. */
  private static final int LONGEST_SOCKET_PATH = 100;

  private final Path data;

  public OwnerFolder(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /** Where the socket is when its path is short enough. */
  public Path socketInFolder() {
    return run().resolve("mneme.sock");
  }

  /** Names the socket's path when it had to be made somewhere else. */
  public Path socketNote() {
    return run().resolve("socket-path");
  }

  public static boolean fits(Path socket) {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET_PATH;
  }

  /** The socket a relay has to connect to, or null where no owner has said so. */
  @Nullable Path socket() {
    Path near = socketInFolder();
    if (fits(near)) {
      return near;
    }
    try {
      return Path.of(Files.readString(socketNote()).strip());
    } catch (IOException _) {
      return null;
    }
  }

  /** Held by the relay that starts an owner, for as long as that takes. */
  Path startLock() {
    return run().resolve("start.lock");
  }

  /** What an owner says before its own log is open, or when its JVM fails. */
  File startLog() {
    return run().resolve("start.log").toFile();
  }

  private Path run() {
    return data.resolve("run");
  }

  /** Makes the folders where they are missing, for this user only. */
  void make() throws IOException {
    FileAttribute<Set<PosixFilePermission>> own =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Path parent = data.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectories(data, own);
    Files.createDirectories(run(), own);
  }

  /**
   * Refuses a folder in which somebody else could have put the socket: who answers there gets what
   * the client says.
   */
  void check() throws IOException {
    check(data);
    check(run());
  }

  private static void check(Path folder) throws IOException {
    try {
      PosixFileAttributes there =
          Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Set<PosixFilePermission> rights = there.permissions();
      if (!there.isDirectory()
          || rights.contains(PosixFilePermission.GROUP_WRITE)
          || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new IOException(folder + " is not a folder of this user alone (chmod go-w it)");
      }
      // Root may enter anybody's folder, but must not trust what is in it.
      if (!there.owner().getName().equals(System.getProperty("user.name"))) {
        throw new IOException(folder + " belongs to " + there.owner().getName());
      }
    } catch (NoSuchFileException _) {
      // It will be made.
    }
  }
}
