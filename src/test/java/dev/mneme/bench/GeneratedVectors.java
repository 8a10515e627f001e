package dev.mneme.bench;

import dev.mneme.model.Embedder;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An embedder that takes no time, so that a search is timed without its query's embedding. */
final class GeneratedVectors implements Embedder {
  static final String MODEL = "generated";

  private final GeneratedPassages generated;
  private final AtomicInteger embedded = new AtomicInteger();

  GeneratedVectors(GeneratedPassages generated) {
    this.generated = generated;
  }

  int embedded() {
    return embedded.get();
  }

  @Override
  public String modelId() {
    return MODEL;
  }

  @Override
  public int dimensions() {
    return GeneratedPassages.DIMENSIONS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    embedded.addAndGet(texts.size());
    return texts.stream().map(generated::vectorOf).toList();
  }

  @Override
  public int batchSize() {
    return 64;
  }

  @Override
  public boolean loaded() {
    return true;
  }

  @Override
  public float unrelated() {
    return 0.2f;
  }

  @Override
  public void close() {}
}
