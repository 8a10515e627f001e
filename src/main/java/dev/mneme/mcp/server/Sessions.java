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
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Whether another session of this owner needs one of those there are to end. */
  boolean isFull(Owner owner) {
    return open.size() >= limits.sessions() || hasShare(owner);
  }

  /** The operator's own may be all there are; another owner leaves a part to others. */
  private boolean hasShare(Owner owner) {
    return !owner.equals(Owner.DEFAULT)
        && of(owner).count() >= limits.sessions() - limits.sessions() / 4;
  }

  /**
   * The session that may make room for a new one: the owner's own, and only where there is none,
   * one of whoever has most. A client on a line cannot begin a new session and does not notice that
   * it lost the one it had, so that its session goes last.
   */
  Optional<Session> victim(Owner owner) {
    Optional<Session> own = idlest(of(owner));
    if (hasShare(owner) || own.filter(session -> !session.peer().isLine()).isPresent()) {
      return own;
    }
    Optional<Session> other = idlest(of(greatest(owner)));
    return other.filter(session -> !session.peer().isLine()).or(() -> own).or(() -> other);
  }

  private Owner greatest(Owner asking) {
    return greatest(session -> !session.peer().isLine())
        .or(() -> greatest(_ -> true))
        .orElse(asking);
  }

  private Optional<Owner> greatest(Predicate<Session> which) {
    Map<Owner, Long> counts =
        open.values().stream()
            .filter(session -> !session.isBusy())
            .filter(which)
            .collect(Collectors.groupingBy(Session::owner, Collectors.counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private Stream<Session> of(Owner owner) {
    return open.values().stream().filter(session -> session.owner().equals(owner));
  }

  private static Optional<Session> idlest(Stream<Session> sessions) {
    return sessions
        .filter(session -> !session.isBusy())
        .min(
            Comparator.comparing((Session session) -> session.peer().isLine())
                .thenComparingLong(Session::lastUsed));
  }
}
