package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.search.IndexBuild.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the index. Thread-safe.
 *
 * <p>Changes that wait together are applied together. When the index cannot be used it is closed
 * and tried again, anew if it is damaged; nobody's write fails for it, because the rows are safe.
 */
final class IndexLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexLoop.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Path path;
  private final Track passages;
  private final Track messages;
  private final MessageFeed feed;
  private final IndexOpening opening;
  private final IndexCommits commits = new IndexCommits(this::prepareCommit, this::broken);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("index").daemon().factory());
  private final ExecutorService fillers =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("index-vectors").daemon().factory());
  private final RefreshQueue requests = new RefreshQueue();

  private volatile Optional<IndexFolder> folder = Optional.empty();
  private volatile IndexStatus.State state = IndexStatus.State.BUILDING;
  private volatile Optional<String> problem = Optional.empty();

  IndexLoop(Path path, Track passages, Track messages, Precedence searches) {
    this.path = path;
    this.passages = passages;
    this.messages = messages;
    this.feed = new MessageFeed(messages, this, commits);
    this.opening = new IndexOpening(searches);
  }

  void start(Duration commitEvery) {
    thread.execute(this::openAnew);
    commits.start(commitEvery);
  }

  IndexStatus.State state() {
    return state;
  }

  Optional<String> problem() {
    return problem;
  }

  private Track track(Kind kind) {
    return switch (kind) {
      case PASSAGE -> passages;
      case MESSAGE -> messages;
    };
  }

  /** Whether stored vectors are still on their way into the index. */
  boolean filling(Kind kind) {
    return track(kind).filling();
  }

  /** How messages get in. */
  MessageFeed feed() {
    return feed;
  }

  /** The index as far as it is open; for the index thread. */
  Optional<IndexFolder> open() {
    return folder;
  }

  /** The index, when this kind can be searched in it. */
  Optional<IndexFolder> ready(Kind kind) {
    return state == IndexStatus.State.READY && track(kind).ready() ? folder : Optional.empty();
  }

  /** Returns when the passages are searchable; at once while searches read the rows anyway. */
  void refresh(Collection<String> ids) {
    CompletableFuture<Boolean> done = requests.add(ids);
    if (execute(this::drain) && state == IndexStatus.State.READY) {
      done.join();
    }
  }

  /** Takes vectors in; returns when searches see them. */
  void addVectors(Kind kind, List<SearchRow> read, Map<VectorRows.Key, float[]> made) {
    onThread(open -> {
      track(kind).changes().addVectors(open, read, made);
      commits.changed();
    });
  }

  /** Removes all traces of changed or deleted passages from the files. */
  void purge(Collection<String> ids) {
    onThread(open -> {
      passages.changes().apply(open, ids);
      catchUp(open);
      open.purge(data());
    });
  }

  /** Closes an index that failed, and tries again after a while. */
  void broken(Exception cause) {
    execute(() -> {
      if (state != IndexStatus.State.READY && folder.isEmpty()) {
        return;
      }
      log.warn("The search index failed and is opened anew", cause);
      closeFolder();
      retryLater();
    });
  }

  private void openAnew() {
    state = IndexStatus.State.BUILDING;
    try {
      IndexFolder open = IndexFolder.open(path);
      folder = Optional.of(open);
      long reflected = passages.changes().begin(open);
      long messagesReflected = messages.changes().begin(open);
      Built built = opening.words(passages, open, reflected);
      passages.built(built);
      fillers.execute(() -> complete(open, messagesReflected));
      state = IndexStatus.State.READY;
      problem = Optional.empty();
      opened(open, reflected, built);
    } catch (IOException | RuntimeException e) {
      log.warn("The search index cannot be opened; trying again", e);
      closeFolder();
      retryLater();
    }
  }

  /**
   * @param reflected the sequence that the index reflected when it was opened
   */
  private void opened(IndexFolder open, long reflected, Built built) {
    if (built.written() > 0) {
      commits.changed();
    }
    // The last process may have died between a redaction or removal and its erasure: what was
    // replaced must not stay in the files.
    if ((reflected >= 0 && built.changed()) || open.committed().containsKey(MessageFeed.ERASE)) {
      commits.later(this::purgeReplaced, Duration.ZERO);
    }
  }

  /** What need not be there before passages can be written and found by words. */
  private void complete(IndexFolder open, long messagesReflected) {
    try {
      fill(passages, open);
      Built built = opening.words(messages, open, messagesReflected);
      onThread(same -> {
        if (same == open) {
          messages.built(built);
          opened(open, messagesReflected, built);
          feed.readOn();
        }
      });
      fill(messages, open);
    } catch (IOException | RuntimeException e) {
      if (isOpen(open)) {
        broken(e);
      }
    }
  }

  private void fill(Track track, IndexFolder open) throws IOException {
    if (!track.filling() || !isOpen(open)) {
      return;
    }
    VectorFill.Filled filled = opening.vectors(track, open, () -> !isOpen(open));
    onThread(same -> {
      // Another one, opened meanwhile, is filled by itself.
      if (same == open) {
        track.changes().filled(same, filled);
        commits.changed();
        track.filled();
      }
    });
  }

  private boolean isOpen(IndexFolder open) {
    return folder.isPresent() && folder.get() == open;
  }

  private void purgeReplaced() {
    try {
      purge(List.of());
    } catch (MnemeException e) {
      log.warn("Replaced passages could not be erased from the index: {}", e.message());
    }
  }

  private void retryLater() {
    state = IndexStatus.State.BROKEN;
    problem = Optional.of("The index folder cannot be used; it is tried again.");
    commits.later(() -> execute(this::openAnew), RETRY);
  }

  /** Brings the index up to the rows; absent when there is none to commit now. */
  Optional<IndexCommits.Commit> prepareCommit() {
    CompletableFuture<Optional<IndexCommits.Commit>> prepared = new CompletableFuture<>();
    boolean accepted =
        execute(() -> {
          try {
            // Not before both kinds are there, so that no commit tells of a part.
            if (folder.isPresent() && ready(Kind.MESSAGE).isPresent()) {
              feed.readOn();
              catchUp(folder.get());
              prepared.complete(Optional.of(new IndexCommits.Commit(folder.get(), data())));
            }
          } catch (IOException | RuntimeException e) {
            broken(e);
          } finally {
            prepared.complete(Optional.empty());
          }
        });
    return accepted ? prepared.join() : Optional.empty();
  }

  private void catchUp(IndexFolder open) throws IOException {
    for (Track track : List.of(passages, messages)) {
      if (track.ready()) {
        track.changes().catchUp(open, track.filling());
      }
    }
  }

  private Map<String, String> data() {
    Map<String, String> data = new HashMap<>(passages.changes().data());
    data.putAll(messages.changes().data());
    if (feed.eraseOwed()) {
      data.put(MessageFeed.ERASE, "owed");
    }
    return data;
  }

  private void drain() {
    RefreshQueue.Batch batch = requests.take();
    try {
      // Without an index there is nothing to do: opening it reads the rows anew.
      if (folder.isPresent() && !batch.ids().isEmpty()) {
        passages.changes().apply(folder.get(), batch.ids());
        commits.changed();
      }
    } catch (IOException | RuntimeException e) {
      broken(e);
    } finally {
      batch.done();
    }
  }

  /** Something to do with the open index, on its thread. */
  @FunctionalInterface
  private interface IndexWork {
    void on(IndexFolder open) throws IOException;
  }

  private void onThread(IndexWork work) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    boolean accepted =
        execute(() -> {
          try {
            if (folder.isPresent()) {
              work.on(folder.get());
            }
            done.complete(true);
          } catch (IOException | RuntimeException e) {
            broken(e);
            done.completeExceptionally(e);
          }
        });
    if (!accepted) {
      throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
    }
    try {
      done.join();
    } catch (CompletionException e) {
      throw new MnemeException(
          dev.mneme.common.ErrorKind.UNAVAILABLE,
          "index_unavailable",
          "The search index cannot be used at the moment; try again later.",
          Map.of(),
          e.getCause());
    }
  }

  /** Does something on the index thread; false when Mneme shuts down. */
  boolean execute(Runnable work) {
    try {
      thread.execute(work);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void closeFolder() {
    Optional<IndexFolder> open = folder;
    folder = Optional.empty();
    passages.closed();
    messages.closed();
    if (open.isPresent()) {
      try {
        open.get().close();
      } catch (IOException | RuntimeException e) {
        log.warn("The search index did not close cleanly: {}", e.toString());
      }
    }
  }

  @Override
  public void close() {
    commits.close();
    execute(() -> {
      state = IndexStatus.State.CLOSED;
      closeFolder();
    });
    thread.close();
    opening.close();
    fillers.shutdownNow();
  }
}
