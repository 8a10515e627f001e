package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.model.Embedder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An embedder without a model: texts that share words are alike. It counts its work and can be told
 * to fail.
 */
final class HashEmbedder implements Embedder {
  private static final Pattern WORDS = Pattern.compile("\\w+");

  final AtomicInteger embedded = new AtomicInteger();

  /** Words that mean the same as another. */
  final Map<String, String> synonyms = new ConcurrentHashMap<>();

  volatile boolean failing;
  private final String model;
  private final int dimensions;

  HashEmbedder(String model, int dimensions) {
    this.model = model;
    this.dimensions = dimensions;
  }

  @Override
  public String modelId() {
    return model;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    if (failing) {
      throw MnemeException.unavailable("embedding_unavailable", "The endpoint is down.");
    }
    embedded.addAndGet(texts.size());
    return texts.stream().map(this::vector).toList();
  }

  private float[] vector(String text) {
    float[] sum = new float[dimensions];
    for (String word :
        WORDS.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList()) {
      Random random = new Random(synonyms.getOrDefault(word, word).hashCode());
      for (int i = 0; i < dimensions; i++) {
        sum[i] += (float) random.nextGaussian();
      }
    }
    double square = 1e-9;
    for (float x : sum) {
      square += x * x;
    }
    for (int i = 0; i < dimensions; i++) {
      sum[i] /= (float) Math.sqrt(square);
    }
    return sum;
  }

  @Override
  public int batchSize() {
    return 16;
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
