package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageIndex;
import dev.mneme.memory.PassageQuery;
import dev.mneme.message.MessageListener;
import dev.mneme.model.Embedder;
import dev.mneme.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Search by words and meaning over the passages and messages of all owners, on Lucene. Thread-safe.
 *
 * <p>Nothing is opened, and no class of Lucene or of the embedding model loaded, before it is
 * needed. A new passage is found by its words when {@link #refresh} returns, and by its meaning as
 * soon as its vector is made, usually some milliseconds later. New messages are taken in by a
 * thread of the index; a search for messages waits for those before it. Searches never fail for the
 * index: while it is being built or cannot be used they read the rows.
 */
public final class HybridIndex implements PassageIndex, MessageListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HybridIndex.class);

  private final Database database;
  private final Path folder;
  private final Optional<Embedder> embedder;
  private final SearchSettings settings;
  private final AtomicBoolean opening = new AtomicBoolean();
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
    if (new PassageRows(database).any() || new MessageRows(database).any()) {
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
    open.passageVectors().ifPresent(vectors -> vectors.sweep(false));
  }

  @Override
  public List<PassageHit> search(Owner owner, PassageQuery query) {
    SearchQuery asked = SearchQuery.of(query);
    SearchParts open = parts();
    return in(
        open,
        Kind.PASSAGE,
        (words, meaning) -> open.search().passages(words, meaning, owner, asked));
  }

  /**
   * Messages of this owner, the best first. What was stored before this is called is found by its
   * words, and what is gone is not.
   */
  public List<MessageHit> messages(Owner owner, MessageSearch search) {
    SearchParts open = parts();
    open.loop().feed().await(new MessageRows(database).newest());
    return in(
        open,
        Kind.MESSAGE,
        (words, meaning) -> open.messages().search(words, meaning, owner, search));
  }

  /** A search in the sources that are complete at the moment. */
  private static <T> List<T> in(
      SearchParts open, Kind kind, BiFunction<Source, Source, List<T>> search) {
    Optional<IndexFolder> index = open.loop().ready(kind);
    if (index.isPresent()) {
      Source words = open.in(index.get());
      Source meaning = open.loop().filling(kind) ? open.inRows() : words;
      try {
        return search.apply(words, meaning);
      } catch (MnemeException e) {
        throw e;
      } catch (RuntimeException e) {
        open.loop().broken(e);
      }
    }
    return search.apply(open.inRows(), open.inRows());
  }

  @Override
  public void written() {
    if (closed) {
      return;
    }
    Optional<SearchParts> open = parts;
    if (open.isPresent()) {
      open.get().loop().feed().written();
    } else if (opening.compareAndSet(false, true)) {
      // Opening loads classes and starts threads: nothing that a step should wait for.
      Thread _ = Thread.ofPlatform().name("search-opening").daemon().start(this::openInTime);
    }
  }

  private void openInTime() {
    try {
      parts().loop().feed().written();
    } catch (RuntimeException e) {
      if (!closed) {
        log.warn("The search index could not be opened: {}", e.toString());
      }
    } finally {
      opening.set(false);
    }
  }

  @Override
  public void removed(String agentId) {
    if (!closed) {
      parts().loop().feed().removed(agentId);
    }
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
