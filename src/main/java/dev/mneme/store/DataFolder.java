package dev.mneme.store;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds all of a server's state, locked for one process and readable by one user.
 *
 * <p>Opening makes what is missing (0700, files 0600) and refuses a folder that is a symbolic link,
 * belongs to somebody else, may be written by others, cannot be written, holds somebody else's
 * files, or is in use. {@link #close()} drops the lock and must come last. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {
  static final String LOCK = "mneme.lock";
  static final String DATABASE = "mneme.db";
  static final String CONFIGURATION = "mneme.toml";
  static final String SECRET_KEY = "secret.key";
  private static final String ID = "folder.id";
  private static final String INDEX = "index";
  private static final String RUN = "run";
  private static final String CACHE = "cache";
  static final String MODELS = "models";
  private static final Set<String> OURS =
      Set.of(LOCK, DATABASE, CONFIGURATION, SECRET_KEY, ID, INDEX, RUN, CACHE, "log", "server.log");

  private final Path path;
  private final String id;
  private final FolderLock lock;

  private DataFolder(Path path, String id, FolderLock lock) {
    this.path = path;
    this.id = id;
    this.lock = lock;
  }

  /** Opens the folder, making it and its parents where they are missing, and locks it. */
  public static DataFolder open(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      requireOurs(path);
      PrivateFiles.folder(path);
      FolderLock lock = FolderLock.take(path, path.resolve(LOCK));
      try {
        return new DataFolder(path, prepare(path), lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  public Path path() {
    return path;
  }

  /** A random name of this folder, for labels on what belongs to it outside of it. */
  public String id() {
    return id;
  }

  public Path database() {
    return path.resolve(DATABASE);
  }

  /** The folder of the search index; all in it can be made again from the database. */
  public Path index() {
    return path.resolve(INDEX);
  }

  /** The folder of sockets and other things that mean nothing once the process has ended. */
  public Path run() {
    return path.resolve(RUN);
  }

  /** The folder of things that are dear to make but can be made again. */
  public Path cache() {
    return path.resolve(CACHE);
  }

  /** The folder of scripted models; it need not exist. */
  public Path models() {
    return path.resolve(MODELS);
  }

  public Path secretKey() {
    return path.resolve(SECRET_KEY);
  }

  /** The configuration file; it need not exist. */
  public Path configuration() {
    return path.resolve(CONFIGURATION);
  }

  @Override
  public void close() {
    lock.close();
  }

  private static String prepare(Path path) throws IOException {
    for (String name : List.of(INDEX, RUN, CACHE)) {
      PrivateFiles.folder(path.resolve(name));
    }
    for (String name : List.of(CONFIGURATION, SECRET_KEY, DATABASE + "-wal", DATABASE + "-shm")) {
      PrivateFiles.requireFile(path.resolve(name));
    }
    PrivateFiles.touch(path.resolve(DATABASE));
    Path idFile = path.resolve(ID);
    String id =
        Files.exists(idFile, LinkOption.NOFOLLOW_LINKS)
            ? new String(PrivateFiles.read(idFile, 200), StandardCharsets.UTF_8).strip()
            : "";
    if (!Ids.isId("folder", id)) {
      id = new Ids(new SecureRandom(), Clock.systemUTC()).next("folder");
      PrivateFiles.write(idFile, (id + '\n').getBytes(StandardCharsets.UTF_8));
    }
    return id;
  }

  /** Keeps {@code --data ~} from turning somebody's home into a data folder. */
  private static void requireOurs(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      // Scripted models are written by people, perhaps before the first start.
      boolean onlyModels = names.equals(List.of(MODELS));
      if (!names.isEmpty() && !onlyModels && names.stream().noneMatch(OURS::contains)) {
        throw MnemeException.conflict(
            "not_a_data_folder",
            path
                + " holds files, but none of Mneme's. Choose an empty or a new folder with"
                + " --data.");
      }
    }
  }

  private static MnemeException unusable(Path path, IOException cause) {
    String reason =
        switch (cause) {
          case AccessDeniedException _ -> "permission denied";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default -> cause.getClass().getSimpleName();
        };
    return MnemeException.unavailable(
        "data_folder_unusable",
        "The data folder "
            + path
            + " cannot be used: "
            + reason
            + ". Check its permissions and free space, or choose another one with --data.");
  }
}
