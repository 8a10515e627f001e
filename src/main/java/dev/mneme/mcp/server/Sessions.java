package dev.mneme.mcp.server;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.ClientInfo;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The sessions that are open, over whatever transport. Thread-safe. */
public final class Sessions {
  private final FrontLimits limits;
  private final RandomGenerator random;
  private final LongSupplier clock;
  private final Map<String, Session> open = new ConcurrentHashMap<>();
  private final List<Consumer<String>> closeListeners = new CopyOnWriteArrayList<>();

  Sessions(FrontLimits limits, RandomGenerator random, LongSupplier clock) {
    this.limits = limits;
    this.random = random;
    this.clock = clock;
  }

  /** Opens a session with an id that cannot be guessed. */
  public Session open(Owner owner, ClientInfo client, Optional<String> alone, Peer peer) {
    byte[] id = new byte[16];
    random.nextBytes(id);
    Session session =
        new Session(
            HexFormat.of().formatHex(id),
            owner,
            client,
            alone,
            peer,
            limits.callsPerSession(),
            clock);
    open.put(session.id(), session);
    return session;
  }

  /** Forgets a session and cancels what it has under way. */
  public void close(String id) {
    Session session = open.remove(id);
    if (session != null) {
      session.cancelAll();
      closeListeners.forEach(listener -> listener.accept(id));
    }
  }

  /** Tells a listener, which must not wait, the id of each session that is closed from now on. */
  public void onClose(Consumer<String> listener) {
    closeListeners.add(listener);
  }

  /** Cancels everything that is under way and forgets all sessions. */
  public void closeAll() {
    open.keySet().forEach(this::close);
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(open.get(id));
  }

  public Collection<Session> all() {
    return List.copyOf(open.values());
  }

  public int size() {
    return open.size();
  }

  boolean isFull() {
    return open.size() >= limits.sessions();
  }

  /** The session that may make room for a new one. */
  Optional<Session> leastRecentlyUsed() {
    return open.values().stream()
        .filter(session -> !session.isBusy())
        .min(Comparator.comparingLong(Session::lastUsed));
  }
}
