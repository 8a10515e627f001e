package dev.mneme.search;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How messages get into the open index and out of it. Whoever writes waits for nothing: what was
 * written since is read from the rows a moment later, or when a search asks for it. Thread-safe.
 */
final class MessageFeed {
  /** In what a commit says: removed messages may still stand in the files. */
  static final String ERASE = "erase";

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration ERASE_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Track messages;
  private final IndexLoop loop;
  private final IndexCommits commits;
  private final Queue<String> removed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean announced = new AtomicBoolean();
  private volatile long read = -1;
  private volatile boolean eraseOwed;

  MessageFeed(Track messages, IndexLoop loop, IndexCommits commits) {
    this.messages = messages;
    this.loop = loop;
    this.commits = commits;
  }

  /** Messages were written; they are indexed soon, and before a search that asks for them. */
  void written() {
    if (announced.compareAndSet(false, true)) {
      commits.later(
          () -> {
            announced.set(false);
            boolean _ = loop.execute(this::readOn);
          },
          SOON);
    }
  }

  /** Messages of an agent are gone: before the next search from the index, and soon from disk. */
  void removed(String agentId) {
    removed.add(agentId);
    written();
  }

  /** Returns when all messages up to a sequence are searchable, and none that are gone. */
  void await(long newest) {
    if (newest > read || !removed.isEmpty()) {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      boolean accepted =
          loop.execute(() -> {
            readOn();
            done.complete(true);
          });
      if (accepted) {
        done.join();
      }
    }
  }

  /** For the index thread. */
  void readOn() {
    Optional<IndexFolder> open = loop.open();
    if (open.isEmpty() || !messages.ready()) {
      return;
    }
    try {
      for (String agent = removed.poll(); agent != null; agent = removed.poll()) {
        open.get().writer().deleteDocuments(Kind.MESSAGE.container(agent));
        eraseSoon();
      }
      read = messages.changes().readOn(open.get());
      commits.changed();
    } catch (IOException | RuntimeException e) {
      loop.broken(e);
    }
  }

  boolean eraseOwed() {
    return eraseOwed;
  }

  private void eraseSoon() {
    if (!eraseOwed) {
      eraseOwed = true;
      commits.later(this::erase, ERASE_WAIT);
    }
  }

  /** Takes removed messages out of the files, which is not done on the index thread. */
  private void erase() {
    Optional<IndexCommits.Commit> prepared = loop.prepareCommit();
    if (prepared.isEmpty()) {
      commits.later(this::erase, RETRY);
      return;
    }
    // Before: what is removed from now on needs another round.
    eraseOwed = false;
    try {
      Map<String, String> data = new HashMap<>(prepared.get().data());
      data.remove(ERASE);
      prepared.get().index().purge(data);
    } catch (IOException | RuntimeException e) {
      loop.broken(e);
    }
  }
}
