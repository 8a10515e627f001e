package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.search.IndexBuild.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the index. Thread-safe.
 *
 * <p>Changes that wait together share one refresh. When the index cannot be used it is closed and
 * tried again, anew if it is damaged; nobody's write fails for it, because the rows are safe.
 */
final class IndexLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexLoop.class);
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Path path;
  private final IndexChanges changes;
  private final IndexOpening opening;
  private final IndexCommits commits = new IndexCommits(this::prepareCommit, this::broken);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("index").daemon().factory());
  private final ExecutorService fillers =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("index-vectors").daemon().factory());
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private volatile Optional<IndexFolder> folder = Optional.empty();
  private volatile IndexStatus.State state = IndexStatus.State.BUILDING;
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean filling;

  private record Request(Collection<String> ids, CompletableFuture<Boolean> done) {}

  IndexLoop(
      Path path,
      PassageRows rows,
      PassageWriter documents,
      String model,
      VectorWork vectorWork,
      Precedence searches) {
    this.path = path;
    this.changes = new IndexChanges(rows, documents, model, vectorWork);
    this.opening = new IndexOpening(rows, documents, searches);
  }

  void start(Duration commitEvery) {
    thread.execute(this::open);
    commits.start(commitEvery);
  }

  IndexStatus.State state() {
    return state;
  }

  Optional<String> problem() {
    return problem;
  }

  /** Whether stored vectors are still on their way into the index. */
  boolean filling() {
    return filling;
  }

  /** The index, when it can be searched. */
  Optional<IndexFolder> ready() {
    return state == IndexStatus.State.READY ? folder : Optional.empty();
  }

  /** Returns when the passages are searchable; at once while searches read the rows anyway. */
  void refresh(Collection<String> ids) {
    Request request = new Request(List.copyOf(ids), new CompletableFuture<>());
    requests.add(request);
    if (execute(this::drain) && state == IndexStatus.State.READY) {
      request.done().join();
    }
  }

  /** Takes vectors in; returns when they are searchable. */
  void addVectors(List<PassageRow> read, Map<VectorRows.Key, float[]> made) {
    onThread(open -> {
      changes.addVectors(open, read, made);
      commits.changed();
    });
  }

  /** Removes all traces of changed or deleted passages from the files. */
  void purge(Collection<String> ids) {
    onThread(open -> {
      changes.apply(open, ids);
      changes.catchUp(open, filling);
      open.purge(changes.data());
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

  private void open() {
    state = IndexStatus.State.BUILDING;
    try {
      IndexFolder open = IndexFolder.open(path);
      folder = Optional.of(open);
      long reflected = changes.begin(open);
      Built built = opening.words(open, reflected);
      changes.built(built);
      filling = changes.lacksVectors();
      if (filling) {
        fillers.execute(() -> fill(open));
      }
      state = IndexStatus.State.READY;
      problem = Optional.empty();
      if (built.written() > 0) {
        commits.changed();
      }
      if (reflected >= 0 && built.changed()) {
        // The last process may have died between a redaction and its erasure: what was replaced
        // must not stay in the files.
        commits.later(this::purgeReplaced, Duration.ZERO);
      }
    } catch (IOException | RuntimeException e) {
      log.warn("The search index cannot be opened; trying again", e);
      closeFolder();
      retryLater();
    }
  }

  private void fill(IndexFolder open) {
    try {
      VectorFill.Filled filled = opening.vectors(open, () -> !isOpen(open));
      onThread(same -> {
        // Another one, opened meanwhile, is filled by itself.
        if (same == open) {
          changes.filled(same, filled);
          commits.changed();
          filling = false;
        }
      });
    } catch (IOException | RuntimeException e) {
      if (isOpen(open)) {
        broken(e);
      }
    }
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
    commits.later(() -> execute(this::open), RETRY);
  }

  private Optional<IndexCommits.Commit> prepareCommit() {
    CompletableFuture<Optional<IndexCommits.Commit>> prepared = new CompletableFuture<>();
    boolean accepted =
        execute(() -> {
          try {
            if (folder.isPresent() && state == IndexStatus.State.READY) {
              changes.catchUp(folder.get(), filling);
              prepared.complete(Optional.of(new IndexCommits.Commit(folder.get(), changes.data())));
            }
          } catch (IOException | RuntimeException e) {
            broken(e);
          } finally {
            prepared.complete(Optional.empty());
          }
        });
    return accepted ? prepared.join() : Optional.empty();
  }

  private void drain() {
    List<Request> batch = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Request next = requests.poll(); next != null; next = requests.poll()) {
      batch.add(next);
      ids.addAll(next.ids());
    }
    try {
      // Without an index there is nothing to do: opening it reads the rows anew.
      if (folder.isPresent() && !ids.isEmpty()) {
        changes.apply(folder.get(), ids);
        commits.changed();
      }
    } catch (IOException | RuntimeException e) {
      broken(e);
    } finally {
      batch.forEach(request -> request.done().complete(true));
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

  private boolean execute(Runnable work) {
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
