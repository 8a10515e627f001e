package dev.mneme.model;

import ai.onnxruntime.OrtException;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.mneme.common.BackgroundWork;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * all-MiniLM-L6-v2 (quantized) inside the process. Thread-safe. The model and its native libraries
 * are loaded by the first {@link #embed}: a server nobody searches in stays small.
 */
public final class LocalEmbedder implements Embedder {
  private static final Logger log = LoggerFactory.getLogger(LocalEmbedder.class);
  private static final int DIMENSIONS = 384;
  private static final int BATCH = 32;
  private static final float UNRELATED = 0.2f;

  // About 2000 tokens. The model reads 510 at once and longer texts cost a run for each part, while
  // an average over many parts means less and less.
  private static final int MAX_CHARACTERS = 8_000;

  private final ReentrantLock loading = new ReentrantLock();
  private final int threads;
  private final Path cache;
  private volatile Optional<Loaded> model = Optional.empty();
  private volatile boolean closed;

  /**
   * @param threads how many texts are worked on at the same time
   * @param cache a folder for the tokenizer's native library, made when needed
   */
  public LocalEmbedder(int threads, Path cache) {
    this.threads = threads;
    this.cache = cache;
  }

  @Override
  public String modelId() {
    return "all-minilm-l6-v2-q";
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public boolean loaded() {
    return model.isPresent();
  }

  @Override
  public float unrelated() {
    return UNRELATED;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<TextSegment> segments = new ArrayList<>(texts.size());
    for (String text : texts) {
      segments.add(TextSegment.from(readable(text)));
    }
    List<float[]> vectors = new ArrayList<>(texts.size());
    for (Embedding embedding : load().miniLm.embedAll(segments).content()) {
      vectors.add(Vectors.normalised(embedding.vector(), DIMENSIONS));
    }
    return vectors;
  }

  @Override
  public List<float[]> embedQuietly(List<String> texts) {
    // A single text is worked on by the thread that asks.
    return texts.stream().flatMap(text -> embed(List.of(text)).stream()).toList();
  }

  /** Blank texts have no meaning, but every text has to have a vector. */
  private static String readable(String text) {
    String cut = Texts.head(text, MAX_CHARACTERS);
    return cut.isBlank() ? "." : cut;
  }

  private Loaded load() {
    Optional<Loaded> present = model;
    if (present.isPresent()) {
      return present.get();
    }
    loading.lock();
    try {
      if (closed) {
        throw MnemeException.unavailable("shutting_down", "Mneme is shutting down.");
      }
      if (model.isEmpty()) {
        model = Optional.of(Loaded.load(threads, cache));
      }
      return model.get();
    } finally {
      loading.unlock();
    }
  }

  @Override
  public void close() {
    loading.lock();
    try {
      closed = true;
      model.ifPresent(Loaded::close);
      model = Optional.empty();
    } finally {
      loading.unlock();
    }
  }

  private record Loaded(BoundedMiniLm miniLm, ExecutorService threads) {
    static Loaded load(int threads, Path cache) {
      keepToItself(cache);
      long start = System.nanoTime();
      ExecutorService pool =
          Executors.newFixedThreadPool(
              threads,
              // A query is embedded by the thread that asks; these work on what is kept.
              BackgroundWork.threads(Thread.ofPlatform().name("embed-", 0).daemon().factory()));
      try {
        Loaded loaded = new Loaded(new BoundedMiniLm(pool), pool);
        log.info("Embedding model loaded in {} ms", (System.nanoTime() - start) / 1_000_000);
        return loaded;
      } catch (RuntimeException | Error e) {
        pool.shutdownNow();
        throw e;
      }
    }

    /**
     * The tokenizer's library would report its use, ask the network and write to the home folder.
     */
    private static void keepToItself(Path cache) {
      System.setProperty("OPT_OUT_TRACKING", "true");
      System.setProperty("ai.djl.offline", "true");
      System.setProperty("RUST_FLAVOR", "cpu");
      System.setProperty("ENGINE_CACHE_DIR", cache.toString());
    }

    void close() {
      threads.shutdown();
      try {
        // Closing the session under a running call would crash the process.
        if (threads.awaitTermination(5, java.util.concurrent.TimeUnit.SECONDS)) {
          miniLm.close();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (OrtException e) {
        log.warn("The embedding model did not close cleanly", e);
      }
    }
  }
}
