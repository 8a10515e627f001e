package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageIndex;
import dev.mneme.memory.PassageQuery;
import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Search by words and meaning over the passages of all owners, on Lucene. Thread-safe.
 *
 * <p>Nothing is opened, and no class of Lucene or of the embedding model loaded, before it is
 * needed. A new passage is found by its words when {@link #refresh} returns, and by its meaning as
 * soon as its vector is made, usually some milliseconds later. Searches never fail for the index:
 * while it is being built or cannot be used they read the rows.
 */
public final class HybridIndex implements PassageIndex, AutoCloseable {
  private final Database database;
  private final Path folder;
  private final Optional<Embedder> embedder;
  private final SearchSettings settings;
  private final ReentrantLock starting = new ReentrantLock();
  private volatile Optional<SearchParts> parts = Optional.empty();
  private volatile boolean closed;

  /**
   * @param folder where the index stands; it can be deleted at any time while Mneme is stopped
   * @param embedder makes the vectors; absent: search by words only
   */
  public HybridIndex(
      Database database, Path folder, Optional<Embedder> embedder, SearchSettings settings) {
    this.database = database;
    this.folder = folder;
    this.embedder = embedder;
    this.settings = settings;
  }

  /** Opens the index in the background when there is anything to find. */
  public void start() {
    if (new PassageRows(database).any()) {
      parts();
    }
  }

  @Override
  public void refresh(Collection<String> passageIds, long sequence) {
    if (!passageIds.isEmpty() && !closed) {
      parts().loop().refresh(passageIds);
    }
  }

  @Override
  public void erase(Collection<String> passageIds) {
    SearchParts open = parts();
    open.loop().purge(passageIds);
    open.vectors().ifPresent(vectors -> vectors.sweep(false));
  }

  @Override
  public List<PassageHit> search(Owner owner, PassageQuery query) {
    SearchParts open = parts();
    Optional<IndexFolder> index = open.loop().ready();
    if (index.isPresent()) {
      Source words = open.in(index.get());
      Source meaning = open.loop().filling() ? open.inRows() : words;
      try {
        return open.search().search(words, meaning, owner, query);
      } catch (MnemeException e) {
        throw e;
      } catch (RuntimeException e) {
        open.loop().broken(e);
      }
    }
    return open.search().search(open.inRows(), open.inRows(), owner, query);
  }

  /** How the index is; opens nothing. */
  public IndexStatus status() {
    Optional<SearchParts> open = parts;
    if (open.isPresent()) {
      return open.get().status();
    }
    return new IndexStatus(
        closed ? IndexStatus.State.CLOSED : IndexStatus.State.IDLE,
        0,
        0,
        0,
        embedder.map(Embedder::modelId),
        embedder.isPresent() ? IndexStatus.Embedding.NOT_LOADED : IndexStatus.Embedding.OFF,
        Optional.empty());
  }

  /** Waits until the index is built and every passage has its vector; whether that is so. */
  public boolean awaitSettled(Duration patience) {
    return parts().awaitSettled(patience);
  }

  private SearchParts parts() {
    Optional<SearchParts> open = parts;
    if (open.isPresent()) {
      return open.get();
    }
    starting.lock();
    try {
      if (closed) {
        throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
      }
      if (parts.isEmpty()) {
        parts = Optional.of(SearchParts.start(database, folder, embedder, settings));
      }
      return parts.get();
    } finally {
      starting.unlock();
    }
  }

  /** Commits the index and stops all threads; the embedder is closed by whoever made it. */
  @Override
  public void close() {
    starting.lock();
    try {
      closed = true;
      parts.ifPresent(SearchParts::close);
      parts = Optional.empty();
    } finally {
      starting.unlock();
    }
  }
}
