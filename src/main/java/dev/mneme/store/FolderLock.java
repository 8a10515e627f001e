package dev.mneme.store;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lock that makes one process the owner of a data folder. The system drops it when the process
 * ends, however it ends. The file tells who holds it: {@code pid} and {@code started} lines.
 */
final class FolderLock implements AutoCloseable {
  private static final int MAX_NOTE = 1000;
  private static final Pattern NOTED = Pattern.compile("pid (\\d{1,18}) started (\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN = Duration.ofMillis(50);

  /**
   * Folders held by this process. A POSIX lock belongs to the process and is lost when any
   * descriptor of the file is closed, so a second opener in the process must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private FolderLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static FolderLock take(Path folder, Path file) throws IOException {
    Path key = folder.toRealPath();
    if (!HELD.add(key)) {
      throw inUse(folder, "pid " + ProcessHandle.current().pid());
    }
    FileChannel channel = null;
    try {
      channel = PrivateFiles.open(file);
      if (!lock(channel)) {
        throw inUse(folder, words(channel));
      }
      note(channel);
      return new FolderLock(key, channel);
    } catch (IOException | RuntimeException e) {
      HELD.remove(key);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /**
   * Takes the lock. A holder that is dead already lets go in a moment: what a killed process had
   * open is closed after its number is gone.
   */
  private static boolean lock(FileChannel channel) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return true;
      }
      if (!isDead(words(channel)) || System.nanoTime() >= end) {
        return false;
      }
      LockSupport.parkNanos(TRY_AGAIN.toNanos());
    }
  }

  private static boolean isDead(String words) {
    Matcher noted = NOTED.matcher(words);
    if (!noted.matches()) {
      return false;
    }
    Optional<Instant> started =
        ProcessHandle.of(Long.parseLong(noted.group(1))).flatMap(p -> p.info().startInstant());
    return started.isEmpty() || !started.get().toString().equals(noted.group(2));
  }

  private static void note(FileChannel channel) throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Instant started = self.info().startInstant().orElse(Instant.EPOCH);
    String text = "pid " + self.pid() + "\nstarted " + started + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String words(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_NOTE);
    channel.read(bytes, 0);
    String note = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return note.replaceAll("[^\\w:.-]+", " ").strip();
  }

  private static MnemeException inUse(Path folder, String words) {
    String by = words.startsWith("pid ") ? "by the process with " + words : "by another process";
    return MnemeException.conflict(
        "data_folder_in_use",
        "The data folder "
            + folder
            + " is in use "
            + by
            + ". One server at a time may use it: stop the other one, or choose another folder with"
            + " --data.");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The system drops the lock with the process at the latest.
    } finally {
      HELD.remove(key);
    }
  }

  static boolean isFree(Path folder) throws IOException {
    Path file = folder.resolve(DataFolder.LOCK);
    if (!Files.exists(file)) {
      return true;
    }
    try (FolderLock _ = take(folder, file)) {
      return true;
    } catch (MnemeException _) {
      return false;
    }
  }
}
