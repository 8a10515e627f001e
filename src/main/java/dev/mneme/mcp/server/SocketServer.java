package dev.mneme.mcp.server;

import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.AgentCatalogs;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves relays of the same user on a Unix socket that the caller has bound; each connection is one
 * session. Thread-safe.
 */
public final class SocketServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

  private final ServerSocketChannel listener;
  private final UserPrincipal user;
  private final Front front;
  private final Era era;
  private final StatelessEra modern;
  private final Optional<AgentCatalogs> agents;
  private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();

  private SocketServer(
      ServerSocketChannel listener,
      UserPrincipal user,
      Front front,
      Era era,
      StatelessEra modern,
      Optional<AgentCatalogs> agents) {
    this.agents = agents;
    this.modern = modern;
    this.listener = listener;
    this.user = user;
    this.front = front;
    this.era = era;
  }

  /**
   * Begins to accept; closing the result closes the listener too.
   *
   * @param agents what relays get that are started for one agent
   * @throws MnemeException {@code cannot_listen}
   */
  public static SocketServer start(
      ServerSocketChannel listener,
      Front front,
      Era era,
      StatelessEra modern,
      Optional<AgentCatalogs> agents) {
    try {
      if (!(listener.getLocalAddress() instanceof UnixDomainSocketAddress address)) {
        throw new IllegalArgumentException("not a bound Unix socket");
      }
      UserPrincipal user = Files.getOwner(address.getPath(), LinkOption.NOFOLLOW_LINKS);
      SocketServer server = new SocketServer(listener, user, front, era, modern, agents);
      Thread.ofVirtual().name("mcp-accept").start(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw MnemeException.internal(
          "cannot_listen", "The socket in the data folder cannot be served.", e);
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
    } catch (IOException e) {
      log.debug("the socket could not be closed", e);
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
    SocketSession session = new SocketSession(channel, front, era, modern, agents);
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
