package dev.mneme.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices clients that go away while they wait for an answer of which nothing may be written yet.
 * Nothing is read and nothing sent: a connection that is readable and holds no bytes has ended.
 * Thread-safe; costs a thread and a selector only while requests are watched.
 *
 * <p>Where a connection is of a kind that cannot be looked at, the work goes on to its end.
 */
public final class Departures {
  private static final Logger log = LoggerFactory.getLogger(Departures.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Map<Waiting, SocketChannel> waiting = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean watching;

  /**
   * Works on this thread, which is interrupted when the client of the request has gone.
   *
   * @return what the work returned; empty when the client has gone, whom no answer reaches
   */
  public <T> Optional<T> whileThere(HttpServletRequest request, Supplier<T> work) {
    Optional<SocketChannel> channel = channel(request);
    if (channel.isEmpty()) {
      return Optional.of(work.get());
    }
    Waiting here = new Waiting(Thread.currentThread());
    add(here, channel.get());
    try {
      T result = work.get();
      return here.end() ? Optional.empty() : Optional.of(result);
    } catch (RuntimeException e) {
      if (here.end()) {
        return Optional.empty();
      }
      throw e;
    } finally {
      waiting.remove(here);
    }
  }

  private static Optional<SocketChannel> channel(HttpServletRequest request) {
    EndPoint end =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    return end instanceof SelectableChannelEndPoint selectable
            && selectable.getChannel() instanceof SocketChannel socket
        ? Optional.of(socket)
        : Optional.empty();
  }

  private void add(Waiting here, SocketChannel channel) {
    waiting.put(here, channel);
    lock.lock();
    try {
      if (!watching) {
        watching = true;
        Thread.ofVirtual().name("http-departures").start(this::watch);
      }
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    boolean more = true;
    while (more) {
      try (Selector selector = Selector.open()) {
        while (more) {
          Thread.sleep(EVERY);
          look(selector);
          more = goOn();
        }
      } catch (IOException | RuntimeException e) {
        log.debug("whether clients are there could not be looked at", e);
        more = goOn();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Whether somebody is waited for; whoever comes when it is not starts anew. */
  private boolean goOn() {
    lock.lock();
    try {
      watching = !waiting.isEmpty();
      return watching;
    } finally {
      lock.unlock();
    }
  }

  private void look(Selector selector) throws IOException {
    for (SelectionKey key : selector.keys()) {
      if (!waiting.containsKey((Waiting) key.attachment())) {
        key.cancel();
      }
    }
    selector.selectNow();
    selector.selectedKeys().clear();
    waiting.forEach((here, channel) -> register(selector, here, channel));
    selector.selectNow();
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && isAtItsEnd(key.channel())) {
        ((Waiting) key.attachment()).leave();
      }
    }
    selector.selectedKeys().clear();
  }

  private static void register(Selector selector, Waiting here, SocketChannel channel) {
    if (channel.keyFor(selector) != null) {
      return;
    }
    try {
      channel.register(selector, SelectionKey.OP_READ, here);
    } catch (ClosedChannelException _) {
      here.leave();
    }
  }

  /** Bytes that are there are of a next request, which the client would not send and go. */
  private static boolean isAtItsEnd(SelectableChannel channel) {
    try {
      return ((SocketChannel) channel).socket().getInputStream().available() == 0;
    } catch (IOException _) {
      return true;
    }
  }

  /** A thread that works for a client. */
  private static final class Waiting {
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private boolean gone;

    Waiting(Thread thread) {
      this.thread = thread;
    }

    void leave() {
      lock.lock();
      try {
        if (thread != null && !gone) {
          gone = true;
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    /** After this no interrupt comes, and one that came is taken off the thread. */
    boolean end() {
      lock.lock();
      try {
        thread = null;
        if (gone) {
          Thread.interrupted();
        }
        return gone;
      } finally {
        lock.unlock();
      }
    }
  }
}
