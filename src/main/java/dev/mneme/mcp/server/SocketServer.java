package dev.mneme.mcp.server;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a Unix socket for relays of the same user; each connection is one session. The caller
 * makes sure that it alone owns the data folder: a socket file left behind by a dead owner is
 * replaced. Thread-safe.
 */
public final class SocketServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

  /** What the address structure of every Unix has room for, less a margin. */
  private static final int MAX_PATH_BYTES = 100;

  private final ServerSocketChannel listener;
  private final Path path;
  private final UserPrincipal user;
  private final Front front;
  private final Era era;
  private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();

  private SocketServer(
      ServerSocketChannel listener, Path path, UserPrincipal user, Front front, Era era) {
    this.listener = listener;
    this.path = path;
    this.user = user;
    this.front = front;
    this.era = era;
  }

  /**
   * @throws MnemeException {@code socket_path_too_long} or {@code cannot_listen}
   */
  public static SocketServer start(Path path, Front front, Era era) {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw MnemeException.invalid(
          "socket_path_too_long",
          "The path of the socket is longer than "
              + MAX_PATH_BYTES
              + " bytes, which the system does not allow. Choose a data folder with a shorter"
              + " path.");
    }
    try {
      Files.deleteIfExists(path);
      ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      listener.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      UserPrincipal user = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
      SocketServer server = new SocketServer(listener, path, user, front, era);
      Thread.ofVirtual().name("mcp-accept").start(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "cannot_listen",
          "Cannot listen on the socket in the data folder: "
              + e.getMessage()
              + ". Check that the folder is on a local disk and can be written.");
    }
  }

  /** How many relays are connected. */
  public int connections() {
    return sessions.size();
  }

  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("the socket could not be removed", e);
    }
    sessions.forEach(SocketSession::close);
  }

  private void acceptAll() {
    while (listener.isOpen()) {
      try {
        SocketChannel channel = listener.accept();
        if (isSameUser(channel)) {
          begin(channel);
        } else {
          channel.close();
        }
      } catch (IOException e) {
        if (listener.isOpen()) {
          log.warn("a connection on the socket failed: {}", e.getMessage());
        }
      }
    }
  }

  private boolean isSameUser(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(user);
  }

  private void begin(SocketChannel channel) {
    SocketSession session = new SocketSession(channel, front, era);
    sessions.add(session);
    Thread.ofVirtual()
        .name("mcp-socket")
        .start(() -> {
          try {
            session.serve();
          } finally {
            sessions.remove(session);
          }
        });
  }
}
