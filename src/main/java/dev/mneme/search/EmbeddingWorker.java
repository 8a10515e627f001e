package dev.mneme.search;

import dev.mneme.common.BackgroundWork;
import dev.mneme.common.MnemeException;
import dev.mneme.model.Embedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives passages, or messages, their vectors in the background, on one platform thread. A failure
 * costs nothing but time: what failed goes to the end of the queue, and the pause grows up to a
 * minute.
 */
final class EmbeddingWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddingWorker.class);
  private static final int WALK_PAGE = 256;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Embedder embedder;
  private final Rows rows;
  private final VectorRows vectors;
  private final VectorSink sink;

  // Shared by all workers: making vectors shall not take every processor.
  private final Lock turn;
  private final WorkQueue queue = new WorkQueue();
  private final Thread thread;
  private volatile Optional<String> problem = Optional.empty();
  private Duration pause = FIRST_PAUSE;

  EmbeddingWorker(Embedder embedder, Rows rows, VectorRows vectors, VectorSink sink, Lock turn) {
    this.embedder = embedder;
    this.rows = rows;
    this.vectors = vectors;
    this.sink = sink;
    this.turn = turn;
    this.thread =
        Thread.ofPlatform().name("embed-" + rows.kind().plural()).daemon().start(this::loop);
  }

  /** Passages whose vectors are missing. */
  void offer(Collection<SearchRow> rows) {
    if (!rows.isEmpty()) {
      long lowest = rows.stream().mapToLong(SearchRow::sequence).min().orElseThrow();
      queue.offer(rows.stream().map(SearchRow::id).toList(), lowest);
    }
  }

  /** Looks after every passage changed after this sequence. */
  void walk(long afterSequence) {
    queue.walk(afterSequence);
  }

  boolean settled() {
    return queue.settled();
  }

  int waiting() {
    return queue.waiting();
  }

  boolean awaitSettled(Duration patience) {
    return queue.awaitSettled(patience);
  }

  Optional<String> problem() {
    return problem;
  }

  IndexStatus.Embedding state() {
    if (problem.isPresent()) {
      return IndexStatus.Embedding.FAILING;
    }
    if (!queue.settled()) {
      return IndexStatus.Embedding.WORKING;
    }
    return embedder.loaded() ? IndexStatus.Embedding.READY : IndexStatus.Embedding.NOT_LOADED;
  }

  private void loop() {
    BackgroundWork.giveWay();
    try {
      while (!queue.closed()) {
        // After a failure one at a time, so that a text the model refuses stops no other.
        WorkQueue.Work work = queue.take(problem.isPresent() ? 1 : embedder.batchSize());
        if (work.ids().isEmpty()) {
          walkOn(work.walkAfter());
        } else {
          embedFresh(work.ids());
        }
        queue.done();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void embedFresh(List<String> ids) throws InterruptedException {
    try {
      embed(rows.byIds(ids));
      succeeded();
    } catch (RuntimeException e) {
      queue.offer(ids, 0);
      failed(e);
    }
  }

  private void walkOn(long after) throws InterruptedException {
    Rows.Cursor cursor = Rows.Cursor.after(after);
    try {
      while (!queue.closed()) {
        List<SearchRow> page = rows.after(cursor, WALK_PAGE);
        if (page.isEmpty()) {
          return;
        }
        embed(page);
        succeeded();
        cursor = Rows.Cursor.at(page.getLast());
        while (queue.hasFresh() && !queue.closed()) {
          embedFresh(queue.take(embedder.batchSize()).ids());
        }
      }
    } catch (RuntimeException e) {
      // One sequence can hold many passages: those of it that are done already are found stored.
      queue.walk(cursor.sequence() - 1);
      failed(e);
    }
  }

  private void embed(List<SearchRow> page) {
    List<SearchRow> rows = page.stream().filter(row -> !row.text().isEmpty()).toList();
    Map<VectorRows.Key, SearchRow> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.putIfAbsent(VectorRows.Key.of(row), row));
    Map<VectorRows.Key, float[]> known = vectors.find(byKey.keySet());
    if (!known.isEmpty()) {
      sink.add(rows.stream().filter(r -> known.containsKey(VectorRows.Key.of(r))).toList(), known);
    }
    byKey.keySet().removeAll(known.keySet());
    List<SearchRow> missing = List.copyOf(byKey.values());
    int batch = problem.isPresent() ? 1 : embedder.batchSize();
    for (int i = 0; i < missing.size() && !queue.closed(); i += batch) {
      make(missing.subList(i, Math.min(missing.size(), i + batch)), rows);
    }
  }

  private void make(List<SearchRow> part, List<SearchRow> rows) {
    List<float[]> made = inTurn(part.stream().map(SearchRow::text).toList());
    Map<VectorRows.Key, float[]> fresh = new HashMap<>();
    for (int i = 0; i < part.size(); i++) {
      fresh.put(VectorRows.Key.of(part.get(i)), made.get(i));
    }
    vectors.store(fresh);
    List<SearchRow> all = new ArrayList<>(part);
    if (rows.size() > part.size()) {
      // Other passages of the same owner with the same text.
      rows.stream()
          .filter(r -> !part.contains(r) && fresh.containsKey(VectorRows.Key.of(r)))
          .forEach(all::add);
    }
    sink.add(all, fresh);
  }

  private List<float[]> inTurn(List<String> texts) {
    turn.lock();
    try {
      // There are many messages, they are searched by meaning seldom, and while they are written
      // somebody waits for an answer.
      return rows.kind() == Kind.MESSAGE ? embedder.embedQuietly(texts) : embedder.embed(texts);
    } finally {
      turn.unlock();
    }
  }

  private void succeeded() {
    if (problem.isPresent()) {
      log.info("Embedding works again");
    }
    problem = Optional.empty();
    pause = FIRST_PAUSE;
  }

  private void failed(RuntimeException e) throws InterruptedException {
    if (queue.closed()) {
      return;
    }
    String message = e instanceof MnemeException m ? m.message() : "The embedding model failed.";
    if (problem.isEmpty()) {
      log.warn(
          "Embedding fails and is retried; {} are found by words meanwhile",
          rows.kind().plural(),
          e);
    }
    problem = Optional.of(message);
    queue.pause(pause);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  @Override
  public void close() {
    queue.close();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
