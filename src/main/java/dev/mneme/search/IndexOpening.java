package dev.mneme.search;

import dev.mneme.search.IndexBuild.Built;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an index that was just opened up to the rows of one kind: first the words, then, where it
 * has none, the stored vectors. Not thread-safe for one kind.
 */
final class IndexOpening implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexOpening.class);
  private static final int BUILDERS = 2;

  private final Precedence searches;
  private final ExecutorService builders =
      Executors.newFixedThreadPool(
          BUILDERS, Thread.ofPlatform().name("index-build-", 0).daemon().factory());

  IndexOpening(Precedence searches) {
    this.searches = searches;
  }

  /**
   * @param reflected the sequence of the last commit; below 0 for an empty index
   */
  Built words(Track track, IndexFolder open, long reflected) throws IOException {
    long start = System.nanoTime();
    Built built =
        new IndexBuild(track.rows(), track.documents(), open, searches).run(builders, reflected);
    if (built.written() > 0) {
      log.info(
          "Search index has {} {} more, written in {} ms",
          built.written(),
          track.rows().kind().plural(),
          millis(start));
    }
    return built;
  }

  VectorFill.Filled vectors(Track track, IndexFolder open, BooleanSupplier stopped)
      throws IOException {
    long start = System.nanoTime();
    VectorFill.Filled filled =
        new VectorFill(track.rows(), track.documents(), open, searches).run(builders, stopped);
    log.info("Stored vectors of {} indexed in {} ms", track.rows().kind().plural(), millis(start));
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
