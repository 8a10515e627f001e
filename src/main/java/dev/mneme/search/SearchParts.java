package dev.mneme.search;

import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;

/** The parts of an open index, wired together. Thread-safe. */
final class SearchParts implements AutoCloseable {
  private static final int SEARCHING = 2;

  private final PassageRows passages;
  private final MessageRows said;
  private final IndexLoop loop;
  private final RowSource inRows;
  private final HybridSearch search;
  private final MessageFinder messages;
  private final Map<Kind, VectorRows> vectors = new EnumMap<>(Kind.class);
  private final Map<Kind, EmbeddingWorker> workers = new EnumMap<>(Kind.class);
  private final Optional<Embedder> embedder;
  private final VectorSweep sweep;
  private final ExecutorService searching =
      Executors.newFixedThreadPool(
          SEARCHING, Thread.ofPlatform().name("search-", 0).daemon().factory());

  private SearchParts(
      Database database, Path folder, Optional<Embedder> embedder, SearchSettings settings) {
    passages = new PassageRows(database);
    said = new MessageRows(database);
    Precedence searches = new Precedence();
    PassageAnalyzer analyzer = new PassageAnalyzer();
    this.embedder = embedder;
    embedder.ifPresent(e -> {
      for (Kind kind : Kind.values()) {
        vectors.put(kind, new VectorRows(database, rows(kind), e.modelId(), e.dimensions()));
      }
    });
    loop = new IndexLoop(folder, track(passages), track(said), searches);
    embedder.ifPresent(e -> startWorkers(e));
    inRows =
        new RowSource(
            kind -> new RowScan(rows(kind), analyzer),
            kind -> embedder.map(e -> new VectorScan(rows(kind), e)),
            searches);
    search = new HybridSearch(analyzer, embedder, this::worker, settings);
    messages = new MessageFinder(search, said, settings.neighbourShare());
    sweep = new VectorSweep(List.copyOf(vectors.values()), this::vectorsSettled);
  }

  private Rows rows(Kind kind) {
    return switch (kind) {
      case PASSAGE -> passages;
      case MESSAGE -> said;
    };
  }

  private Track track(Rows rows) {
    Kind kind = rows.kind();
    String model = embedder.map(Embedder::modelId).orElse("");
    DocumentWriter documents =
        new DocumentWriter(rows, Optional.ofNullable(vectors.get(kind)), model);
    return new Track(rows, documents, model, work(kind));
  }

  private void startWorkers(Embedder model) {
    Lock turn = new ReentrantLock(true);
    vectors.forEach((kind, stored) ->
        workers.put(
            kind,
            new EmbeddingWorker(
                model,
                rows(kind),
                stored,
                (read, made) -> loop.addVectors(kind, read, made),
                turn)));
  }

  private Optional<EmbeddingWorker> worker(Kind kind) {
    return Optional.ofNullable(workers.get(kind));
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

  MessageFinder messages() {
    return messages;
  }

  /** The stored vectors of passages; absent without a model. */
  Optional<VectorRows> passageVectors() {
    return Optional.ofNullable(vectors.get(Kind.PASSAGE));
  }

  IndexStatus status() {
    return new IndexStatus(
        loop.state(),
        count(Kind.PASSAGE.words()),
        count(Kind.MESSAGE.words()),
        count(Kind.PASSAGE.vectors()) + count(Kind.MESSAGE.vectors()),
        workers.values().stream().mapToLong(EmbeddingWorker::waiting).sum(),
        embedder.map(Embedder::modelId),
        embedding(),
        loop.problem()
            .or(() -> workers.values().stream().flatMap(w -> w.problem().stream()).findFirst()));
  }

  /** The state that tells most. */
  private IndexStatus.Embedding embedding() {
    return workers.values().stream()
        .map(EmbeddingWorker::state)
        .max(Comparator.naturalOrder())
        .orElse(IndexStatus.Embedding.OFF);
  }

  boolean awaitSettled(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (!settled()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private boolean settled() {
    if (loop.ready(Kind.MESSAGE).isEmpty()) {
      return false;
    }
    loop.feed().await(said.newest());
    return vectorsSettled();
  }

  private long count(Term kind) {
    Optional<IndexFolder> index = loop.ready(Kind.PASSAGE);
    if (index.isEmpty()) {
      return 0;
    }
    try {
      IndexSearcher searcher = index.get().acquire();
      try {
        return searcher.count(new TermQuery(kind));
      } finally {
        index.get().release(searcher);
      }
    } catch (IOException | RuntimeException _) {
      return 0;
    }
  }

  /** The loop and the worker need each other; this is the worker as the loop sees it. */
  private VectorWork work(Kind kind) {
    return new VectorWork() {
      @Override
      public void lacking(List<SearchRow> written) {
        worker(kind).ifPresent(w -> w.offer(written));
      }

      @Override
      public void walk(long afterSequence) {
        worker(kind).ifPresent(w -> w.walk(afterSequence));
      }

      @Override
      public boolean settled() {
        return worker(kind).map(EmbeddingWorker::settled).orElse(true);
      }
    };
  }

  private boolean vectorsSettled() {
    return !loop.filling(Kind.PASSAGE)
        && !loop.filling(Kind.MESSAGE)
        && workers.values().stream().allMatch(EmbeddingWorker::settled);
  }

  @Override
  public void close() {
    sweep.close();
    workers.values().forEach(EmbeddingWorker::close);
    search.close();
    inRows.close();
    searching.shutdown();
    loop.close();
  }
}
