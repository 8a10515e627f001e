package dev.mneme.mcp.server;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notifications on their way to one client: a slow client delays nobody else, equal ones waiting
 * are sent once, and the number waiting is bounded. Thread-safe.
 */
public final class Outbox {
  private static final int MAX_WAITING = 2_000;

  private record Note(String method, Map<String, Object> params) {}

  private final Peer peer;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedSet<Note> waiting = new LinkedHashSet<>();
  private boolean draining;

  public Outbox(Peer peer) {
    this.peer = peer;
  }

  public void add(String method, Map<String, Object> params) {
    lock.lock();
    try {
      if (waiting.size() < MAX_WAITING) {
        waiting.add(new Note(method, params));
      }
      if (!draining) {
        draining = true;
        Thread.ofVirtual().name("mcp-notify").start(this::drain);
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    while (true) {
      Note next;
      lock.lock();
      try {
        Iterator<Note> notes = waiting.iterator();
        if (!notes.hasNext()) {
          draining = false;
          return;
        }
        next = notes.next();
        notes.remove();
      } finally {
        lock.unlock();
      }
      peer.send(next.method(), next.params());
    }
  }
}
