package dev.mneme.mcp.server.modern;

import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.ClientInfo;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What stands for a session where there is none: the requests of one client until it was silent for
 * a while. Only the journal's runs are named by it; nothing is kept in it. Thread-safe.
 */
final class Conversations {
  private static final int MAX = 1_000;

  private record Key(Owner owner, ClientInfo client) {}

  private record Span(String id, long used) {}

  private final Duration idle;
  private final RandomGenerator random;
  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Span> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Span> eldest) {
          return size() > MAX;
        }
      };

  Conversations(Duration idle, RandomGenerator random, LongSupplier clock) {
    this.idle = idle;
    this.random = random;
    this.clock = clock;
  }

  String of(Owner owner, ClientInfo client) {
    Key key = new Key(owner, client);
    long now = clock.getAsLong();
    lock.lock();
    try {
      Span before = known.get(key);
      String id = before != null && now - before.used() < idle.toNanos() ? before.id() : fresh();
      Span span = new Span(id, now);
      known.put(key, span);
      return span.id();
    } finally {
      lock.unlock();
    }
  }

  /** An id that cannot be guessed. */
  String fresh() {
    byte[] id = new byte[16];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
