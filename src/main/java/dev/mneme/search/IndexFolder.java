package dev.mneme.search;

import dev.mneme.common.BackgroundWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Lucene index on disk, open for writing and searching. Thread-safe.
 *
 * <p>Vectors are kept as one bit a dimension beside the full ones and scanned, without a graph: see
 * docs/decisions/search.md.
 */
final class IndexFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IndexFolder.class);
  private static final String FORMAT = "format";
  private static final double RAM_MB = 24;
  private static final double SMALL_MERGE_MB = 8;
  private static final double FLOOR_MB = 0.5;
  private static final double CACHED_MB = 32;
  private static final Duration MERGES_WAIT = Duration.ofSeconds(10);
  private static final long MOMENT_NANOS = Duration.ofMillis(2).toNanos();

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Map<String, String> committed;
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong visible = new AtomicLong();

  private IndexFolder(
      Directory directory,
      IndexWriter writer,
      SearcherManager searchers,
      Map<String, String> data) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
    this.committed = data;
  }

  /** Opens the index; one that is broken or of another format is thrown away first. */
  static IndexFolder open(Path folder) throws IOException {
    try {
      Optional<Map<String, String>> data = committedData(folder);
      if (data.isPresent() && Fields.FORMAT.equals(data.get().get(FORMAT))) {
        return openWriter(folder, data.get());
      }
    } catch (IOException | RuntimeException e) {
      log.warn("The search index cannot be read and is built anew: {}", e.toString());
    }
    wipe(folder);
    return openWriter(folder, Map.of());
  }

  private static Optional<Map<String, String>> committedData(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Directory directory = FSDirectory.open(folder)) {
      if (!DirectoryReader.indexExists(directory)) {
        return Optional.empty();
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        return Optional.of(reader.getIndexCommit().getUserData());
      }
    }
  }

  private static IndexFolder openWriter(Path folder, Map<String, String> data) throws IOException {
    Files.createDirectories(folder);
    TieredMergePolicy merges = new TieredMergePolicy();
    // Erasing has to reach every segment that holds a deleted document, however few they are.
    merges.setForceMergeDeletesPctAllowed(0);
    // With the usual 16 MB every tenth write would rewrite all that is smaller.
    merges.setFloorSegmentMB(FLOOR_MB);
    IndexWriterConfig config =
        new IndexWriterConfig(new PassageAnalyzer())
            .setOpenMode(
                data.isEmpty()
                    ? IndexWriterConfig.OpenMode.CREATE
                    : IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
            .setRAMBufferSizeMB(RAM_MB)
            .setMergePolicy(merges)
            .setMergeScheduler(new GivingWay())
            .setCommitOnClose(false)
            // A write waits for its refresh; merging can be done behind it.
            .setMaxFullFlushMergeWaitMillis(0)
            .setCodec(new FlatVectors());
    Directory directory =
        new NRTCachingDirectory(FSDirectory.open(folder), SMALL_MERGE_MB, CACHED_MB);
    try {
      IndexWriter writer = new IndexWriter(directory, config);
      return new IndexFolder(
          directory, writer, new SearcherManager(writer, new SearcherFactory()), data);
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static void wipe(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  /** What was stored with the last commit; empty for a new index. */
  Map<String, String> committed() {
    return committed;
  }

  IndexWriter writer() {
    return writer;
  }

  /**
   * The index with all that was changed before this; give it back with {@link #release}. Whoever
   * searches pays for making changes visible, so that writing costs no more than it has to.
   */
  IndexSearcher acquire() throws IOException {
    if (visible.get() < changes.get()) {
      refresh();
    }
    return searchers.acquire();
  }

  void release(IndexSearcher searcher) throws IOException {
    searchers.release(searcher);
  }

  /** Something was changed with the writer: the next search has to see it. */
  void changed() {
    changes.incrementAndGet();
  }

  /** Makes all changes so far visible to searches that begin from now on. */
  void refresh() throws IOException {
    long reached = changes.get();
    searchers.maybeRefreshBlocking();
    visible.accumulateAndGet(reached, Math::max);
  }

  void commit(Map<String, String> data) throws IOException {
    Map<String, String> all = new HashMap<>(data);
    all.put(FORMAT, Fields.FORMAT);
    writer.setLiveCommitData(all.entrySet());
    writer.commit();
  }

  /** Rewrites all that holds deleted documents and removes the old files. */
  void purge(Map<String, String> data) throws IOException {
    long end = System.nanoTime() + MERGES_WAIT.toNanos();
    writer.forceMergeDeletes(true);
    // A segment that is being merged anyway is left out, and is there until that has ended.
    while (writer.hasDeletions() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(MOMENT_NANOS);
      writer.forceMergeDeletes(true);
    }
    commit(data);
    refresh();
    writer.deleteUnusedFiles();
  }

  @Override
  public void close() throws IOException {
    try (directory;
        writer) {
      searchers.close();
    }
  }

  /** Merging makes later searches faster; no search and no write waits for it. */
  private static final class GivingWay extends ConcurrentMergeScheduler {
    @Override
    protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
      if (Thread.currentThread() instanceof MergeThread) {
        BackgroundWork.giveWay();
      }
      super.doMerge(source, merge);
    }
  }

  private static final class FlatVectors extends Lucene104Codec {
    private final KnnVectorsFormat format =
        new Lucene104ScalarQuantizedVectorsFormat(ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE);

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
      return format;
    }
  }
}
