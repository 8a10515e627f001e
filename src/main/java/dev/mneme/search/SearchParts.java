package dev.mneme.search;

import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

/** The parts of an open index, wired together. Thread-safe. */
final class SearchParts implements AutoCloseable {
  private static final int SEARCHING = 2;

  private final IndexLoop loop;
  private final RowSource inRows;
  private final HybridSearch search;
  private final Optional<VectorRows> vectors;
  private final Optional<EmbeddingWorker> worker;
  private final Optional<Embedder> embedder;
  private final VectorSweep sweep;
  private final ExecutorService searching =
      Executors.newFixedThreadPool(
          SEARCHING, Thread.ofPlatform().name("search-", 0).daemon().factory());

  private SearchParts(
      Database database, Path folder, Optional<Embedder> embedder, SearchSettings settings) {
    PassageRows rows = new PassageRows(database);
    Precedence searches = new Precedence();
    PassageAnalyzer analyzer = new PassageAnalyzer();
    this.embedder = embedder;
    vectors = embedder.map(e -> new VectorRows(database, rows, e.modelId(), e.dimensions()));
    String model = embedder.map(Embedder::modelId).orElse("");
    loop =
        new IndexLoop(
            folder, rows, new PassageWriter(rows, vectors, model), model, work(), searches);
    worker =
        embedder.map(e -> new EmbeddingWorker(e, rows, vectors.orElseThrow(), loop::addVectors));
    inRows =
        new RowSource(
            new RowScan(database, analyzer),
            embedder.map(e -> new VectorScan(database, e)),
            searches);
    search = new HybridSearch(analyzer, embedder, worker, settings);
    sweep = new VectorSweep(vectors, this::vectorsSettled);
  }

  static SearchParts start(
      Database database, Path folder, Optional<Embedder> embedder, SearchSettings settings) {
    SearchParts parts = new SearchParts(database, folder, embedder, settings);
    parts.loop.start(settings.commitEvery());
    parts.sweep.start();
    return parts;
  }

  IndexLoop loop() {
    return loop;
  }

  /** The rows, to search in. */
  Source inRows() {
    return inRows;
  }

  /** An open index, to search in. */
  Source in(IndexFolder index) {
    return new IndexSource(index, searching, embedder);
  }

  HybridSearch search() {
    return search;
  }

  Optional<VectorRows> vectors() {
    return vectors;
  }

  IndexStatus status() {
    return new IndexStatus(
        loop.state(),
        count(Fields.PASSAGE),
        count(Fields.VECTOR),
        worker.map(EmbeddingWorker::waiting).orElse(0),
        embedder.map(Embedder::modelId),
        worker.map(EmbeddingWorker::state).orElse(IndexStatus.Embedding.OFF),
        loop.problem().or(() -> worker.flatMap(EmbeddingWorker::problem)));
  }

  boolean awaitSettled(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (loop.ready().isEmpty() || !vectorsSettled()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private long count(String kind) {
    Optional<IndexFolder> index = loop.ready();
    if (index.isEmpty()) {
      return 0;
    }
    try {
      IndexSearcher searcher = index.get().searchers().acquire();
      try {
        return searcher.count(new TermQuery(new Term(Fields.KIND, kind)));
      } finally {
        index.get().searchers().release(searcher);
      }
    } catch (IOException | RuntimeException _) {
      return 0;
    }
  }

  /** The loop and the worker need each other; this is the worker as the loop sees it. */
  private VectorWork work() {
    return new VectorWork() {
      @Override
      public void lacking(List<PassageRow> written) {
        worker.ifPresent(w -> w.offer(written));
      }

      @Override
      public void walk(long afterSequence) {
        worker.ifPresent(w -> w.walk(afterSequence));
      }

      @Override
      public boolean settled() {
        return worker.map(EmbeddingWorker::settled).orElse(true);
      }
    };
  }

  private boolean vectorsSettled() {
    return !loop.filling() && worker.map(EmbeddingWorker::settled).orElse(true);
  }

  @Override
  public void close() {
    sweep.close();
    worker.ifPresent(EmbeddingWorker::close);
    search.close();
    inRows.close();
    searching.shutdown();
    loop.close();
  }
}
