package dev.mneme.search;

import dev.mneme.search.IndexBuild.Built;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an index that was just opened up to the rows: first the words, then, where it has none,
 * the stored vectors. Not thread-safe.
 */
final class IndexOpening implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexOpening.class);
  private static final int BUILDERS = 2;

  private final PassageRows rows;
  private final PassageWriter documents;
  private final Precedence searches;
  private final ExecutorService builders =
      Executors.newFixedThreadPool(
          BUILDERS, Thread.ofPlatform().name("index-build-", 0).daemon().factory());

  IndexOpening(PassageRows rows, PassageWriter documents, Precedence searches) {
    this.searches = searches;
    this.rows = rows;
    this.documents = documents;
  }

  /**
   * @param reflected the sequence of the last commit; below 0 for an empty index
   */
  Built words(IndexFolder open, long reflected) throws IOException {
    long start = System.nanoTime();
    Built built = new IndexBuild(rows, documents, open, searches).run(builders, reflected);
    if (built.written() > 0) {
      log.info("Search index ready: {} passages written in {} ms", built.written(), millis(start));
    }
    return built;
  }

  VectorFill.Filled vectors(IndexFolder open, BooleanSupplier stopped) throws IOException {
    long start = System.nanoTime();
    VectorFill.Filled filled =
        new VectorFill(rows, documents, open, searches).run(builders, stopped);
    log.info("Stored vectors indexed in {} ms", millis(start));
    return filled;
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void close() {
    builders.shutdownNow();
  }
}
