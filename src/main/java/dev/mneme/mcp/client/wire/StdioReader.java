package dev.mneme.mcp.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a program says. Only while an answer is expected of it does a thread wait for that: a
 * pipe cannot be waited for without one, and most programs are silent most of the time. Then a look
 * ten times a second shows whether there is something. Thread-safe.
 */
final class StdioReader {
  private static final Logger log = LoggerFactory.getLogger(StdioReader.class);
  private static final long STACK = 256 * 1024;

  /** The next question often follows soon. */
  private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(500);

  /** Takes what was said. */
  interface Hearer {
    /** Answers with the id that was answered to, where it was an answer. */
    Optional<Long> line(String line) throws IOException;

    /** Told once. */
    void ended(Optional<IOException> why);
  }

  private final Process process;
  private final InputStream stream;
  private final Lines lines;
  private final Hearer hearer;
  private final Set<Long> expected = ConcurrentHashMap.newKeySet();
  private volatile boolean over;
  private @Nullable Thread thread;
  private boolean ended;

  StdioReader(Process process, int longest, Hearer hearer) {
    this.process = process;
    this.stream = process.getInputStream();
    this.lines = new Lines(stream, longest);
    this.hearer = hearer;
  }

  /** An answer is waited for. */
  void expect(long id) {
    expected.add(id);
    wake();
  }

  /** Nobody waits for that answer any more. */
  void forget(long id) {
    expected.remove(id);
  }

  /**
   * Looks whether the program said something unasked, or has ended, so that what it left is to be
   * read; whether to look again.
   */
  synchronized boolean look() {
    over = !process.isAlive();
    if (thread == null && !ended && isWanted()) {
      wake();
    }
    return !ended;
  }

  private synchronized void wake() {
    if (ended) {
      return;
    }
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("mcp-stdio").stackSize(STACK).start(this::run);
    } else {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    try {
      do {
        while (isWanted()) {
          Optional<String> line = lines.next();
          if (line.isEmpty()) {
            end(Optional.empty());
            return;
          }
          hearer.line(line.get()).ifPresent(expected::remove);
        }
        LockSupport.parkNanos(LINGER);
      } while (!rests());
    } catch (IOException e) {
      end(Optional.of(e));
    } catch (RuntimeException | Error e) {
      // Else nobody would ever read that program again, and nobody know.
      log.warn("What a program said could not be taken; the connection to it ends.", e);
      end(Optional.of(new IOException("said what could not be taken: " + e, e)));
    }
  }

  private synchronized boolean rests() {
    if (isWanted()) {
      return false;
    }
    thread = null;
    return true;
  }

  private void end(Optional<IOException> why) {
    synchronized (this) {
      ended = true;
    }
    hearer.ended(why);
  }

  private boolean isWanted() {
    try {
      return over || !expected.isEmpty() || !lines.isEmpty() || stream.available() > 0;
    } catch (IOException _) {
      // It was closed; reading it says so.
      return true;
    }
  }
}
