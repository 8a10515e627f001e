package dev.mneme.mcp.server;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Beats for requests that take long, so that connections stay open and clients that went are found.
 * Rests where there are none. Thread-safe.
 */
public final class Heart {
  public static final Duration EVERY = Duration.ofSeconds(3);

  /** A request that is being served. */
  @FunctionalInterface
  public interface Beating {
    /** Keeps an idle connection open, and finds out whether the client is still there. */
    void beat();
  }

  private final Set<Beating> outlets = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean beating = new AtomicBoolean();

  public void add(Beating outlet) {
    outlets.add(outlet);
    if (beating.compareAndSet(false, true)) {
      Thread.ofVirtual().name("mcp-heart").start(this::beat);
    }
  }

  public void remove(Beating outlet) {
    outlets.remove(outlet);
  }

  private void beat() {
    Set<Beating> old = Set.of();
    int rest = 0;
    while (rest < 2) {
      // Only what was here at the last beat is slow enough to need one; a slow client holds up
      // nobody else.
      old.stream()
          .filter(outlets::contains)
          .forEach(outlet -> Thread.ofVirtual().name("mcp-beat").start(outlet::beat));
      old = Set.copyOf(outlets);
      rest = old.isEmpty() ? rest + 1 : 0;
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        break;
      }
    }
    beating.set(false);
    if (!outlets.isEmpty() && beating.compareAndSet(false, true)) {
      Thread.ofVirtual().name("mcp-heart").start(this::beat);
    }
  }
}
