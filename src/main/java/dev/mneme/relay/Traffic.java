package dev.mneme.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the client sent and still waits for: lines not yet passed on, requests not yet answered, and
 * what a new owner has to be told to take over the session. Thread-safe.
 */
final class Traffic {
  private static final int MOST_WAITING = 1000;

  private final ArrayDeque<Message> waiting = new ArrayDeque<>();
  private final Map<String, String> unanswered = new LinkedHashMap<>();
  private final Map<String, Message> subscriptions = new LinkedHashMap<>();
  private @Nullable Message initialize;
  private @Nullable Message initialized;
  private boolean greeted;

  /** Takes a line from the client; waits while too many are waiting. */
  synchronized void add(Message message) throws InterruptedException {
    while (waiting.size() >= MOST_WAITING) {
      wait();
    }
    waiting.add(message);
    notifyAll();
  }

  /** The next line to pass on; null when the link ended or the time is over. */
  synchronized @Nullable Message next(Link link) throws InterruptedException {
    while (waiting.isEmpty() || !greeted) {
      if (link.isOver()) {
        return null;
      }
      wait();
    }
    return link.isOver() ? null : waiting.peek();
  }

  /** Notes that the line is about to be passed on, so that it fails with its link from now on. */
  synchronized void passOn(Message message) {
    waiting.remove(message);
    if (message.is("initialize")) {
      initialize = message;
      greeted = false;
    } else if (message.is("notifications/initialized")) {
      initialized = message;
    } else if (message.is("notifications/cancelled")) {
      String id = message.params().raw("requestId");
      if (id != null) {
        unanswered.remove(id);
      }
    } else if (message.is("resources/subscribe")) {
      subscriptions.put(String.valueOf(message.params().raw("uri")), message);
    } else if (message.is("resources/unsubscribe")) {
      subscriptions.remove(String.valueOf(message.params().raw("uri")));
    }
    String id = message.id();
    String method = message.method();
    if (id != null && method != null && !message.is("initialize")) {
      unanswered.put(id, method);
    }
    notifyAll();
  }

  /** Notes an answer of the owner. Returns false when the client must not see it. */
  synchronized boolean isForClient(Message answer) {
    String id = answer.id();
    Message greeting = initialize;
    if (greeted || greeting == null) {
      if (id != null) {
        unanswered.remove(id);
        notifyAll();
      }
      return true;
    }
    // Nothing but initialize was passed on yet, and that the relay has answered itself.
    if (id != null && id.equals(greeting.id())) {
      greeted = true;
      notifyAll();
    }
    return false;
  }

  /** The initialize line that a new owner has to see first, if the client has sent one. */
  synchronized @Nullable Message greeting() {
    greeted = initialize == null;
    return initialize;
  }

  /** Waits until the owner has answered initialize; false when the link ended before. */
  synchronized boolean awaitGreeted(Link link) throws InterruptedException {
    while (!greeted && !link.isOver()) {
      wait();
    }
    return greeted;
  }

  /** What a new owner has to be told after initialize. */
  synchronized List<Message> session() {
    List<Message> session = new ArrayList<>();
    if (initialized != null) {
      session.add(initialized);
    }
    session.addAll(subscriptions.values());
    return session;
  }

  /** Ends the wait of whoever waits for a link that is over. */
  synchronized void wake() {
    notifyAll();
  }

  /** Takes the ids of all requests that were passed on and have no answer. */
  synchronized List<String> takeUnanswered() {
    List<String> ids = new ArrayList<>(unanswered.keySet());
    unanswered.clear();
    notifyAll();
    return ids;
  }

  /** Takes the ids of all requests that wait to be passed on, and drops the other lines. */
  synchronized List<String> takeWaiting() {
    List<String> ids = new ArrayList<>();
    Message message;
    while ((message = waiting.poll()) != null) {
      if (message.is("initialize")) {
        initialize = message;
      } else if (message.is("notifications/initialized")) {
        initialized = message;
      } else if (message.id() != null && message.method() != null) {
        ids.add(message.id());
      }
    }
    notifyAll();
    return ids;
  }

  /** Waits until the client wants something passed on. */
  synchronized void awaitWaiting() throws InterruptedException {
    while (waiting.isEmpty()) {
      wait();
    }
  }

  /** Waits the same, but not for longer than this; true when there is something. */
  synchronized boolean awaitWaiting(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (waiting.isEmpty() && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
    return !waiting.isEmpty();
  }

  /** Waits until no request waits for its answer any more, or the time is over. */
  synchronized void awaitQuiet(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while ((requestWaits() || answersAreDue()) && left > 0) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  /** Subscriptions last until the client goes, so nobody waits for their answers. */
  private boolean answersAreDue() {
    for (String method : unanswered.values()) {
      if (!method.equals("subscriptions/listen")) {
        return true;
      }
    }
    return false;
  }

  private boolean requestWaits() {
    for (Message message : waiting) {
      if (message.id() != null && message.method() != null && !message.is("initialize")) {
        return true;
      }
    }
    return false;
  }
}
