package dev.mneme.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search while there is no index to search: it is answered from the rows. */
class RowSearchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 3000;

  private static final PassageQuery MEANT = SearchFixture.query("automobile mended");

  @TempDir Path data;

  private final HashEmbedder embedder = new HashEmbedder("hash-a", 64);

  private SearchFixture fixture() {
    embedder.synonyms.put("automobile", "car");
    embedder.synonyms.put("mended", "repaired");
    return new SearchFixture(data, Optional.of(embedder), SearchFixture.QUICK);
  }

  private static String row(SearchFixture f, Owner owner, String text, String... tags) {
    return f.row(owner, SearchFixture.archive(owner), text, "2026-05-01T00:00:00Z", tags);
  }

  private static void deleteIndex(SearchFixture f) throws IOException {
    f.index.close();
    try (Stream<Path> files = Files.list(f.folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(f.folder);
  }

  private static void start(SearchFixture f) {
    f.index = f.open();
    f.index.start();
  }

  private static PassageQuery query(
      String text, Set<String> archives, Set<String> tags, Optional<Instant> from) {
    return new PassageQuery(text, archives, tags, TagMatch.ALL, from, Optional.empty(), 10);
  }

  @Test
  void rightAfterAStartWithoutTheFolderMeaningIsFound() throws IOException {
    try (SearchFixture f = fixture()) {
      String meant = row(f, Owner.DEFAULT, "the car was repaired");
      for (int i = 0; i < MANY; i++) {
        row(f, Owner.DEFAULT, "filler" + i + " number" + i);
      }
      start(f);
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      int embedded = embedder.embedded.get();
      deleteIndex(f);
      start(f);
      PassageHit first = f.hits(Owner.DEFAULT, MEANT).getFirst();
      assertThat(first.passageId()).isEqualTo(meant);
      assertThat(first.reason()).matches("meaning 0\\.\\d\\d");
      assertThat(first.lexical()).isZero();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      PassageHit later = f.hits(Owner.DEFAULT, MEANT).getFirst();
      assertThat(later.passageId()).isEqualTo(meant);
      assertThat(later.vector()).isCloseTo(first.vector(), within(1e-3));
      assertThat(later.reason()).isEqualTo(first.reason());
      // Nothing but the queries.
      assertThat(embedder.embedded.get() - embedded).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void withoutAUsableFolderOwnerAndFiltersHoldAndTheIndexLaterSaysTheSame() throws IOException {
    try (SearchFixture f = fixture()) {
      String second = f.secondArchive();
      String first = SearchFixture.archive(Owner.DEFAULT);
      String text = "the car was repaired";
      String tagged = f.row(Owner.DEFAULT, first, text, "2026-01-01T00:00:00Z", "x");
      String elsewhere = f.row(Owner.DEFAULT, second, text, "2026-02-01T00:00:00Z");
      String late = f.row(Owner.DEFAULT, first, text, "2026-03-01T00:00:00Z");
      String theirs = row(f, SearchFixture.OTHER, text);
      String both = row(f, Owner.DEFAULT, "an automobile, mended");
      row(f, Owner.DEFAULT, "nothing of the kind");
      start(f);
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      deleteIndex(f);
      Files.writeString(f.folder, "in the way");
      start(f);
      for (int round = 0; round < 2; round++) {
        assertThat(f.find(SearchFixture.OTHER, MEANT.text())).containsExactly(theirs);
        assertThat(ids(f, query(MEANT.text(), Set.of(second), Set.of(), Optional.empty())))
            .containsExactly(elsewhere);
        assertThat(ids(f, query(MEANT.text(), Set.of(), Set.of("x"), Optional.empty())))
            .containsExactly(tagged);
        Instant march = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(ids(f, query(MEANT.text(), Set.of(first), Set.of(), Optional.of(march))))
            .containsExactlyInAnyOrder(late, both);
        List<PassageHit> all = f.hits(Owner.DEFAULT, MEANT);
        assertThat(all)
            .extracting(PassageHit::passageId)
            .containsExactlyInAnyOrder(both, tagged, elsewhere, late);
        assertThat(all.getFirst().passageId()).isEqualTo(both);
        assertThat(all.getFirst().reason()).matches("words: automobile, mend; meaning 0\\.\\d\\d");
        if (round == 0) {
          assertThat(f.index.status().passages()).isZero();
          f.index.close();
          Files.delete(f.folder);
          start(f);
          assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
        }
      }
      assertThat(f.index.status().passages()).isEqualTo(6);
    }
  }

  private static List<String> ids(SearchFixture f, PassageQuery query) {
    return f.hits(Owner.DEFAULT, query).stream().map(PassageHit::passageId).toList();
  }

  @Test
  void aStoredVectorIsComparedAsItWasMade() {
    Random random = new Random(3);
    for (int length : List.of(1, 2, 63, 384)) {
      float[] a = new float[length];
      float[] b = new float[length];
      double expected = 0;
      for (int i = 0; i < length; i++) {
        a[i] = (float) random.nextGaussian();
        b[i] = (float) random.nextGaussian();
        expected += (double) a[i] * b[i];
      }
      assertThat((double) VectorRows.dot(VectorRows.bytes(a), b)).isCloseTo(expected, within(1e-3));
    }
  }
}
