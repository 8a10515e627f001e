package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEmbedderTest {
  @TempDir Path folder;

  @Test
  void likeMeaningsHaveLikeVectors() {
    try (LocalEmbedder embedder = new LocalEmbedder(2, folder)) {
      assertThat(embedder.loaded()).isFalse();
      List<float[]> vectors =
          embedder.embed(
              List.of(
                  "The cat sleeps on the sofa.",
                  "A kitten naps on the couch.",
                  "Quarterly revenue rose by nine percent.",
                  "",
                  "word ".repeat(40_000)));
      assertThat(embedder.loaded()).isTrue();
      assertThat(vectors).allSatisfy(v -> assertThat(dot(v, v)).isCloseTo(1f, within(1e-4f)));
      assertThat(dot(vectors.get(0), vectors.get(1))).isGreaterThan(0.5f);
      assertThat(dot(vectors.get(0), vectors.get(2))).isLessThan(embedder.unrelated());
    }
    assertThat(folder.resolve("tokenizers")).isDirectory();
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
