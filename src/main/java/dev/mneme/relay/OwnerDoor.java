package dev.mneme.relay;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The way to the owner of a data folder: its socket, or else the start of an owner.
 *
 * <p>Of several relays that find no owner one starts it, holding a lock that ends with its process,
 * and the others wait for the socket.
 */
final class OwnerDoor {
  /** An owner ends with this when another process owns the folder already. */
  static final int TAKEN = 75;

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_EVERY_MILLIS = 10;

  private final OwnerFolder folder;
  private final String[] start;

  /**
   * @param start the program that becomes an owner
   */
  OwnerDoor(OwnerFolder folder, String[] start) {
    this.folder = folder;
    this.start = start.clone();
  }

  /** There is no owner and none could be started. */
  static final class NoOwner extends Exception {
    private static final long serialVersionUID = 1L;

    NoOwner(String reason) {
      super(reason);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** A connection to the owner, or null where none listens. */
  @Nullable SocketChannel connect() {
    Path socket = folder.socket();
    if (socket == null) {
      return null;
    }
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException _) {
      return null;
    }
  }

  SocketChannel connectOrStart() throws NoOwner, InterruptedException {
    try {
      folder.check();
      SocketChannel channel = connect();
      return channel == null ? start() : channel;
    } catch (IOException e) {
      throw new NoOwner("The data folder cannot be used: ".concat(String.valueOf(e.getMessage())));
    }
  }

  private SocketChannel start() throws IOException, NoOwner, InterruptedException {
    folder.make();
    long end = System.nanoTime() + PATIENCE_NANOS;
    Process owner = null;
    try (FileChannel file =
        FileChannel.open(
            folder.startLock(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      FileLock turn = null;
      while (System.nanoTime() < end) {
        SocketChannel channel = connect();
        if (channel != null) {
          return channel;
        }
        if (turn == null) {
          turn = file.tryLock();
        } else if (owner == null) {
          owner = launch();
        } else if (!owner.isAlive()) {
          if (owner.exitValue() != TAKEN) {
            throw new NoOwner(failure(owner.exitValue()));
          }
          // A server holds the folder but does not listen yet, or is about to end.
          owner = null;
          Thread.sleep(20 * LOOK_EVERY_MILLIS);
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    throw new NoOwner(
        "A Mneme server uses the data folder but does not answer. Stop it, then try again.");
  }

  private Process launch() throws IOException {
    File log = folder.startLog();
    ProcessBuilder builder = new ProcessBuilder(start);
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectOutput(Redirect.to(new File("/dev/null")));
    builder.redirectError(Redirect.to(log));
    // Where this relay is an MCP server of another Mneme, the owner is not: it serves other windows
    // too, and does not end with this one.
    builder.environment().put("MNEME_MCP_CHILD", "owner");
    return builder.start();
  }

  private String failure(int exit) {
    StringBuilder reason = new StringBuilder("The Mneme server could not be started (exit ");
    reason.append(exit).append("). ");
    try {
      String said = Files.readString(folder.startLog().toPath()).strip();
      reason.append(said.length() > 1000 ? said.substring(said.length() - 1000) : said);
    } catch (IOException _) {
      reason.append("Its log is ").append(folder.startLog());
    }
    return reason.toString();
  }
}
