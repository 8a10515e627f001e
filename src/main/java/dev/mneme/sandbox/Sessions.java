package dev.mneme.sandbox;

import dev.mneme.tool.SessionState;
import dev.mneme.tool.SessionUse;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Workers that stay with one session each, apart from those that are handed out call by call.
 * Thread-safe; calls of one session take turns.
 *
 * <p>Whatever ends a session is remembered and told to the next call of it, which starts anew.
 */
final class Sessions implements AutoCloseable {
  private static final int MAX_WAITING = 16;
  private static final int MAX_REMEMBERED = 1_000;

  /** Others have to have left a session alone for this long before it makes room. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final WorkerFactory factory;
  private final PoolSettings settings;
  private final HostCalls hostCalls;
  private final LongSupplier nanoTime;
  private final Map<String, Session> live = new LinkedHashMap<>();
  private final Map<String, String> lost =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private boolean closed;
  private long started;

  Sessions(
      WorkerFactory factory, PoolSettings settings, HostCalls hostCalls, LongSupplier nanoTime) {
    this.factory = factory;
    this.settings = settings;
    this.hostCalls = hostCalls;
    this.nanoTime = nanoTime;
  }

  ToolOutcome run(Work work, SessionUse use) {
    String key = work.caller().domain() + '\n' + use.name();
    if (use.reset()) {
      find(key).ifPresent(session -> end(session, "it was reset"));
    }
    long entered = nanoTime.getAsLong();
    while (true) {
      Optional<Session> found = find(key).or(() -> make(key, work.owner().id()));
      if (found.isEmpty()) {
        return noRoom();
      }
      Session session = found.get();
      Optional<ToolOutcome> refusal = await(session, entered);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      try {
        // Its end may have come while this call waited for its turn.
        if (session.over().isEmpty() && !session.isDead()) {
          return session
              .otherPackages(work, use.name())
              .orElseGet(() -> runIn(session, work, use, entered));
        }
        end(session, "its worker ended");
      } finally {
        session.turn.unlock();
      }
    }
  }

  /** Ends what nobody has used for long. */
  void tick() {
    long now = nanoTime.getAsLong();
    for (Session session : copy()) {
      boolean idle = now - session.usedAt() > settings.sessions().idle().toNanos();
      if (idle && !session.turn.isLocked()) {
        end(session, "it was idle for " + CallWatch.text(settings.sessions().idle()));
      } else if (session.over().isPresent()) {
        forget(session);
      }
    }
  }

  synchronized int count() {
    return live.size();
  }

  @Override
  public void close() {
    List<Session> all;
    synchronized (this) {
      closed = true;
      all = copy();
    }
    all.forEach(session -> session.end("the server is stopping"));
  }

  private ToolOutcome runIn(Session session, Work work, SessionUse use, long entered) {
    boolean first = session.calls() == 0;
    long placing = nanoTime.getAsLong();
    if (first) {
      Worker worker =
          new Worker(name(), factory, Trust.UNTRUSTED, work.image(), settings, hostCalls, session);
      Optional<ToolOutcome> failure = session.start(worker, settings.startLimit());
      if (failure.isPresent()) {
        end(session, "its worker could not be started");
        return failure.get();
      }
    }
    long now = nanoTime.getAsLong();
    work.listener()
        .placed(
            factory.name(),
            use.name(),
            Duration.ofNanos(placing - entered),
            Duration.ofNanos(now - placing));
    Optional<String> why = first ? takeLost(session.key) : Optional.empty();
    work.listener().session(new SessionState(use.name(), session.calls() + 1, why));
    Worker.Called called = session.call(work, nanoTime);
    if (called.next() == WorkerMessage.Next.RETIRE || session.isDead()) {
      end(session, reason(called.outcome()));
    }
    return called.outcome();
  }

  private static String reason(ToolOutcome outcome) {
    return outcome instanceof Failure failure
        ? "its last script ended like this: " + failure.message()
        : "its interpreter could not go on after the last script";
  }

  private Optional<ToolOutcome> await(Session session, long entered) {
    if (session.turn.getQueueLength() >= MAX_WAITING) {
      return Optional.of(
          Outcomes.notStarted(
              Reason.LIMIT,
              "More than the limit of " + MAX_WAITING + " calls wait for this session."));
    }
    long left = settings.queueWait().toNanos() - (nanoTime.getAsLong() - entered);
    try {
      return session.turn.tryLock(left, TimeUnit.NANOSECONDS)
          ? Optional.empty()
          : Optional.of(
              Outcomes.notStarted(
                  Reason.LIMIT,
                  "The session was busy for longer than the limit of "
                      + CallWatch.text(settings.queueWait())
                      + "."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(
          Outcomes.notStarted(Reason.CANCELLED, "The call was cancelled while it waited."));
    }
  }

  private ToolOutcome noRoom() {
    SessionSettings limits = settings.sessions();
    return Outcomes.notStarted(
        Reason.LIMIT,
        "There are as many sessions as the limit allows: "
            + limits.max()
            + " in all, "
            + limits.perOwner()
            + " for one owner. Use one that there is, try again later, or go without.");
  }

  private void end(Session session, String why) {
    session.end(why);
    forget(session);
  }

  private synchronized void forget(Session session) {
    if (live.remove(session.key, session)) {
      session.over().ifPresent(why -> lost.put(session.key, why));
    }
  }

  private synchronized Optional<String> takeLost(String key) {
    return Optional.ofNullable(lost.remove(key));
  }

  private synchronized Optional<Session> find(String key) {
    return Optional.ofNullable(live.get(key));
  }

  private synchronized List<Session> copy() {
    return new ArrayList<>(live.values());
  }

  private synchronized String name() {
    return factory.name() + "-session-" + ++started;
  }

  /** A new session, after another one made room if need be; absent when none could. */
  private Optional<Session> make(String key, String owner) {
    Optional<Session> victim;
    Session made = new Session(key, owner, nanoTime.getAsLong());
    synchronized (this) {
      Session there = live.get(key);
      if (closed || there != null) {
        return Optional.ofNullable(there);
      }
      victim = victim(owner);
      boolean full = isFull(owner);
      if (full && victim.isEmpty()) {
        return Optional.empty();
      }
      victim.ifPresent(session -> end(session, "it made room for another session"));
      live.put(key, made);
    }
    return Optional.of(made);
  }

  private boolean isFull(String owner) {
    return live.size() >= settings.sessions().max()
        || ofOwner(owner) >= settings.sessions().perOwner();
  }

  private long ofOwner(String owner) {
    return live.values().stream().filter(session -> session.owner.equals(owner)).count();
  }

  /** Which one has to go for a new one of this owner: the one unused for longest. */
  private Optional<Session> victim(String owner) {
    if (!isFull(owner) || settings.sessions().max() == 0) {
      return Optional.empty();
    }
    long now = nanoTime.getAsLong();
    Predicate<Session> own = session -> session.owner.equals(owner);
    Predicate<Session> quiet = session -> now - session.usedAt() > QUIET_NANOS;
    Predicate<Session> may = ofOwner(owner) >= settings.sessions().perOwner() ? own : own.or(quiet);
    return live.values().stream()
        .filter(session -> !session.turn.isLocked())
        .filter(may)
        .min(Comparator.comparingLong(Session::usedAt));
  }
}
