package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.search.IndexBuild.Built;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.Term;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes the index, and the one beside it that commits. Thread-safe.
 *
 * <p>Changes that wait together share one refresh. The index goes to disk every few seconds; its
 * commit says up to which sequence it reflects the rows, and the next start replays the rest. When
 * the index cannot be used it is closed and tried again, anew if it is damaged; nobody's write
 * fails for it, because the rows are safe.
 */
final class IndexLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexLoop.class);
  private static final String SEQUENCE = "sequence";
  private static final String VECTORS = "vectors";
  private static final String MODEL = "model";
  private static final int BUILDERS = 2;
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Path path;
  private final PassageRows rows;
  private final PassageWriter documents;
  private final String model;
  private final VectorWork vectorWork;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("index").daemon().factory());
  private final ScheduledExecutorService commits =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("index-commit").daemon().factory());
  private final ExecutorService fillers =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("index-vectors").daemon().factory());
  private final ExecutorService builders =
      Executors.newFixedThreadPool(
          BUILDERS, Thread.ofPlatform().name("index-build-", 0).daemon().factory());
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private volatile Optional<IndexFolder> folder = Optional.empty();
  private volatile IndexStatus.State state = IndexStatus.State.BUILDING;
  private volatile Optional<String> problem = Optional.empty();
  private volatile boolean dirty;
  private volatile boolean filling;

  // Confined to the index thread.
  private final Map<String, Long> applied = new HashMap<>();
  private long reflected = -1;
  private long vectorsReflected = -1;

  private record Request(Collection<String> ids, CompletableFuture<Boolean> done) {}

  IndexLoop(
      Path path, PassageRows rows, PassageWriter documents, String model, VectorWork vectorWork) {
    this.path = path;
    this.rows = rows;
    this.documents = documents;
    this.model = model;
    this.vectorWork = vectorWork;
  }

  void start(Duration commitEvery) {
    thread.execute(this::open);
    long millis = commitEvery.toMillis();
    ScheduledFuture<?> _ =
        commits.scheduleWithFixedDelay(this::commitIfDirty, millis, millis, TimeUnit.MILLISECONDS);
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
      documents.addVectors(open.writer(), read, made);
      open.refresh();
      dirty = true;
    });
  }

  /** Removes all traces of changed or deleted passages from the files. */
  void purge(Collection<String> ids) {
    onThread(open -> {
      apply(open, ids);
      catchUp(open);
      open.purge(data());
    });
  }

  /** Commits now, so that the next start has little to replay. */
  void commit() {
    CompletableFuture<Map<String, String>> ready = new CompletableFuture<>();
    boolean accepted =
        execute(() -> {
          try {
            if (folder.isPresent() && state == IndexStatus.State.READY) {
              dirty = false;
              catchUp(folder.get());
              ready.complete(data());
            } else {
              ready.complete(Map.of());
            }
          } catch (IOException | RuntimeException e) {
            broken(e);
            ready.complete(Map.of());
          }
        });
    Optional<IndexFolder> open = folder;
    Map<String, String> data = accepted ? ready.join() : Map.of();
    if (open.isPresent() && !data.isEmpty()) {
      try {
        open.get().commit(data);
      } catch (IOException | RuntimeException e) {
        broken(e);
      }
    }
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
    long start = System.nanoTime();
    state = IndexStatus.State.BUILDING;
    try {
      IndexFolder open = IndexFolder.open(path);
      folder = Optional.of(open);
      reflected = number(open, SEQUENCE);
      boolean complete = reflected < 0;
      boolean sameModel = model.equals(open.committed().get(MODEL));
      vectorsReflected = sameModel ? number(open, VECTORS) : -1;
      boolean fill = !model.isEmpty() && vectorsReflected < 0;
      if (fill && !complete) {
        open.writer().deleteDocuments(new Term(Fields.KIND, Fields.VECTOR));
      }
      Built built = new IndexBuild(rows, documents, open).run(builders, reflected);
      reflected = Math.max(reflected, built.sequence());
      applied.clear();
      filling = fill;
      if (fill) {
        fillers.execute(() -> fill(open, start));
      } else if (!model.isEmpty()) {
        vectorWork.lacking(built.missing());
        if (vectorsReflected < reflected) {
          vectorWork.walk(vectorsReflected);
        }
      }
      state = IndexStatus.State.READY;
      problem = Optional.empty();
      if (built.written() > 0) {
        log.info(
            "Search index ready: {} passages written in {} ms",
            built.written(),
            (System.nanoTime() - start) / 1_000_000);
        dirty = true;
      }
      if (!complete && built.changed()) {
        purgeLater();
      }
    } catch (IOException | RuntimeException e) {
      log.warn("The search index cannot be opened; trying again", e);
      closeFolder();
      retryLater();
    }
  }

  private void fill(IndexFolder open, long start) {
    try {
      VectorFill.Filled filled =
          new VectorFill(rows, documents, open).run(builders, () -> !isOpen(open));
      onThread(same -> {
        apply(same, filled.outdated());
        vectorWork.lacking(filled.missing());
        if (filled.walkAfter() < Long.MAX_VALUE) {
          vectorWork.walk(filled.walkAfter());
        }
        filling = false;
      });
      log.info("Vectors indexed after {} ms", (System.nanoTime() - start) / 1_000_000);
    } catch (IOException | RuntimeException e) {
      if (isOpen(open)) {
        broken(e);
      }
    }
  }

  private boolean isOpen(IndexFolder open) {
    return folder.isPresent() && folder.get() == open;
  }

  /**
   * Something was left to replay, so the last process may have died between a redaction and its
   * erasure: what was replaced must not stay in the files.
   */
  private void purgeLater() {
    try {
      commits.execute(() -> {
        try {
          purge(List.of());
        } catch (MnemeException e) {
          log.warn("Replaced passages could not be erased from the index: {}", e.message());
        }
      });
    } catch (RejectedExecutionException _) {
      // Closing.
    }
  }

  private void retryLater() {
    state = IndexStatus.State.BROKEN;
    problem = Optional.of("The index folder cannot be used; it is tried again.");
    try {
      ScheduledFuture<?> _ =
          commits.schedule(() -> execute(this::open), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException _) {
      // Closing.
    }
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
        apply(folder.get(), ids);
      }
    } catch (IOException | RuntimeException e) {
      broken(e);
    } finally {
      batch.forEach(request -> request.done().complete(true));
    }
  }

  private void apply(IndexFolder open, Collection<String> ids) throws IOException {
    PassageWriter.Applied result = documents.apply(open.writer(), ids);
    open.refresh();
    applied.putAll(result.sequences());
    dirty = true;
    vectorWork.lacking(result.missing());
  }

  /**
   * Finds changes whose refresh has not come yet, so that what is committed as reflected is
   * complete: refreshes arrive in any order, and the process may die between a write and its own.
   */
  private void catchUp(IndexFolder open) throws IOException {
    Map<String, Long> changed = rows.changedAfter(reflected);
    List<String> late =
        changed.entrySet().stream()
            .filter(e -> !e.getValue().equals(applied.get(e.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    if (!late.isEmpty()) {
      apply(open, late);
    }
    reflected = changed.values().stream().mapToLong(s -> s).reduce(reflected, Math::max);
    applied.clear();
    if (!filling && vectorWork.settled()) {
      vectorsReflected = reflected;
    }
  }

  private Map<String, String> data() {
    return Map.of(
        SEQUENCE, Long.toString(reflected), VECTORS, Long.toString(vectorsReflected), MODEL, model);
  }

  private static long number(IndexFolder open, String key) {
    return Long.parseLong(open.committed().getOrDefault(key, "-1"));
  }

  private void commitIfDirty() {
    if (dirty) {
      commit();
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
    commits.shutdownNow();
    commitIfDirty();
    execute(() -> {
      state = IndexStatus.State.CLOSED;
      closeFolder();
    });
    thread.close();
    builders.shutdownNow();
    fillers.shutdownNow();
  }
}
