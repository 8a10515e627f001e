package dev.mneme.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Owner;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.PassageQuery;
import dev.mneme.memory.PassageQuery.TagMatch;
import dev.mneme.model.Embedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HybridIndexTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  private SearchFixture fixture(Optional<Embedder> embedder) {
    return new SearchFixture(data, embedder, SearchFixture.QUICK);
  }

  private static Optional<Embedder> words() {
    return Optional.of(new HashEmbedder("hash-a", 64));
  }

  @Test
  void whatWasWrittenChangedOrDeletedIsFoundSoAtOnce() {
    try (SearchFixture f = fixture(Optional.empty())) {
      String id = f.write("The deploy password lives in the blue vault");
      assertThat(f.find("vault")).containsExactly(id);
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      for (int i = 0; i < 50; i++) {
        f.change(id, "Now it is number " + i);
        f.index.refresh(List.of(id), f.sequence());
        assertThat(f.find("number " + i)).containsExactly(id);
        assertThat(f.find("vault")).isEmpty();
      }
      f.delete(id);
      f.index.refresh(List.of(id), f.sequence());
      assertThat(f.find("number")).isEmpty();
    }
  }

  @Test
  void anOwnerFindsNothingOfAnother() {
    try (SearchFixture f = fixture(words())) {
      String mine = f.write(Owner.DEFAULT, "alpha beta gamma");
      String theirs = f.write(SearchFixture.OTHER, "alpha beta gamma delta");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      for (String text : List.of("alpha beta", "gamma", "", "delta")) {
        assertThat(f.find(Owner.DEFAULT, text)).doesNotContain(theirs);
        assertThat(f.find(SearchFixture.OTHER, text)).doesNotContain(mine).contains(theirs);
      }
    }
  }

  @Test
  void filtersHoldForWordsAndMeaningAlike() {
    try (SearchFixture f = fixture(words())) {
      String second = f.secondArchive();
      String first = SearchFixture.archive(Owner.DEFAULT);
      String a = f.row(Owner.DEFAULT, first, "red apple", "2026-01-01T00:00:00Z", "x", "y");
      String b = f.row(Owner.DEFAULT, first, "red pear", "2026-02-01T00:00:00.5Z", "x");
      String c = f.row(Owner.DEFAULT, second, "red plum", "2026-03-01T00:00:00Z");
      f.index.refresh(List.of(a, b, c), f.sequence());
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      for (String text : List.of("red", "")) {
        assertThat(ids(f, text, Set.of(second), Set.of(), TagMatch.ANY, "", "")).containsOnly(c);
        assertThat(ids(f, text, Set.of(), Set.of("x", "q"), TagMatch.ANY, "", ""))
            .containsOnly(a, b);
        assertThat(ids(f, text, Set.of(), Set.of("x", "y"), TagMatch.ALL, "", "")).containsOnly(a);
        assertThat(ids(f, text, Set.of(), Set.of(), TagMatch.ANY, "2026-02-01T00:00:00.5Z", ""))
            .containsOnly(b, c);
        assertThat(ids(f, text, Set.of(), Set.of(), TagMatch.ANY, "", "2026-02-01T00:00:00.5Z"))
            .containsOnly(a);
      }
      assertThat(ids(f, "", Set.of(), Set.of(), TagMatch.ANY, "", "")).containsExactly(c, b, a);
    }
  }

  private static List<String> ids(
      SearchFixture f,
      String text,
      Set<String> archives,
      Set<String> tags,
      TagMatch match,
      String from,
      String until) {
    PassageQuery query = new PassageQuery(text, archives, tags, match, time(from), time(until), 10);
    return f.hits(Owner.DEFAULT, query).stream().map(PassageHit::passageId).toList();
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  @Test
  void nothingInAQueryIsSyntax() {
    try (SearchFixture f = fixture(Optional.empty())) {
      String id = f.write("fetchUser_byId throws HttpException when user-42 is gone; 東京都の天気");
      for (String text :
          List.of(
              "fetch user",
              "fetchUser_byId",
              "FETCHUSER_BYID",
              "\"user\" AND (",
              "owner:user-1 OR user*",
              "user~2^3 [a TO b}",
              "http exception",
              "天気",
              "東京",
              "throw")) {
        assertThat(f.find(text)).as(text).containsExactly(id);
      }
      assertThat(f.find("*:*")).isEmpty();
      assertThat(f.find("x".repeat(100_000))).isEmpty();
    }
  }

  @Test
  void aHitSaysWhy() {
    try (SearchFixture f = fixture(words())) {
      f.write("the harbour at dawn");
      f.write("quarterly report of the harbour office");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      PassageHit hit = f.hits(Owner.DEFAULT, SearchFixture.query("harbour dawn")).getFirst();
      assertThat(hit.reason()).matches("words: harbour, dawn; meaning 0\\.\\d\\d");
      assertThat(hit.score()).isBetween(0.5, 1.0);
      assertThat(hit.lexical()).isBetween(0.9, 1.0);
      assertThat(hit.vector()).isBetween(0.5, 1.0);
    }
  }

  @Test
  void whatTheIndexMissedIsFoundAfterARestart() {
    try (SearchFixture f = fixture(words())) {
      String changed = f.write("first text of the changed one");
      String deleted = f.write("the doomed one");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      // The process dies after these are committed and before the index hears of them.
      String added = f.row(Owner.DEFAULT, SearchFixture.archive(Owner.DEFAULT), "newcomer", NOW);
      f.change(changed, "replaced contents");
      f.delete(deleted);
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.find("newcomer")).containsExactly(added);
      assertThat(f.find("replaced")).containsExactly(changed);
      assertThat(f.find("doomed")).isEmpty();
      assertThat(f.find("first text")).doesNotContain(deleted);
      assertThat(f.index.status().passages()).isEqualTo(2);
      assertThat(f.index.status().vectors()).isEqualTo(2);
    }
  }

  private static final String NOW = "2026-06-01T00:00:00Z";

  @Test
  void aCommitNeverClaimsMoreThanItHolds() {
    try (SearchFixture f = fixture(Optional.empty())) {
      f.write("known");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      String late = f.row(Owner.DEFAULT, SearchFixture.archive(Owner.DEFAULT), "straggler", NOW);
      f.write("a later one overtakes it");
      // Closing commits; the refresh of the straggler never came.
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.find("straggler")).containsExactly(late);
    }
  }

  @Test
  void aLostBrokenOrForeignIndexIsBuiltAnewWithoutEmbeddingAgain() throws IOException {
    HashEmbedder embedder = new HashEmbedder("hash-a", 64);
    try (SearchFixture f = fixture(Optional.of(embedder))) {
      String id = f.write("needle in the haystack");
      for (int i = 0; i < 300; i++) {
        f.write("hay " + i);
      }
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      int once = embedder.embedded.get();
      for (Damage damage : Damage.values()) {
        f.index.close();
        try (Stream<Path> files = Files.list(f.folder)) {
          for (Path file : files.toList()) {
            damage.to(file);
          }
        }
        f.index = f.open();
        f.index.start();
        assertThat(f.find("needle").getFirst()).as("at once, " + damage).isEqualTo(id);
        assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
        assertThat(f.find("needle").getFirst()).as("rebuilt, " + damage).isEqualTo(id);
        assertThat(f.index.status().vectors()).isEqualTo(301);
      }
      // Only the queries.
      assertThat(embedder.embedded.get() - once).isLessThan(10);
    }
  }

  private enum Damage {
    DELETED,
    TRUNCATED,
    GARBAGE;

    void to(Path file) throws IOException {
      switch (this) {
        case DELETED -> Files.delete(file);
        case TRUNCATED -> Files.write(file, new byte[0]);
        case GARBAGE -> Files.writeString(file, "not an index");
      }
    }
  }

  @Test
  void anotherModelEmbedsAnewWhileWordsAreFound() {
    try (SearchFixture f = fixture(words())) {
      for (int i = 0; i < 100; i++) {
        f.write("note number " + i);
      }
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.index.close();
      HashEmbedder other = new HashEmbedder("hash-b", 32);
      other.failing = true;
      try (HybridIndex index =
          new HybridIndex(f.database, f.folder, Optional.of(other), SearchFixture.QUICK)) {
        assertThat(index.search(Owner.DEFAULT, SearchFixture.query("number 42"))).isNotEmpty();
        other.failing = false;
        assertThat(index.awaitSettled(PATIENCE)).isTrue();
        IndexStatus status = index.status();
        assertThat(status.vectors()).isEqualTo(100);
        assertThat(status.progress()).isEqualTo(1);
        assertThat(status.model()).contains("hash-b");
        assertThat(other.embedded.get()).isGreaterThanOrEqualTo(100);
      }
    }
  }

  @Test
  void aFailingModelCostsOnlyTheMeaning() {
    HashEmbedder embedder = new HashEmbedder("hash-a", 64);
    embedder.failing = true;
    try (SearchFixture f = fixture(Optional.of(embedder))) {
      String id = f.write("found by words");
      List<PassageHit> hits = f.hits(Owner.DEFAULT, SearchFixture.query("words"));
      assertThat(hits).extracting(PassageHit::passageId).containsExactly(id);
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> {
            IndexStatus status = f.index.status();
            assertThat(status.embedding()).isEqualTo(IndexStatus.Embedding.FAILING);
            assertThat(status.problem()).contains("The endpoint is down.");
          });
      embedder.failing = false;
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.index.status().embedding()).isEqualTo(IndexStatus.Embedding.READY);
      assertThat(f.vectorRows()).isEqualTo(1);
    }
  }

  @Test
  void erasedPassagesLeaveNoTrace() throws IOException {
    try (SearchFixture f = fixture(words())) {
      String kept = f.write("harmless neighbour");
      String secret = f.write("the codeword is xyzzyplugh");
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.index.close();
      assertThat(filesContain(f.folder, "xyzzyplugh")).isTrue();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      f.change(secret, "[redacted]");
      f.index.refresh(List.of(secret), f.sequence());
      f.index.erase(List.of(secret));
      assertThat(filesContain(f.folder, "xyzzyplugh")).isFalse();
      assertThat(f.find("xyzzyplugh")).isEmpty();
      assertThat(f.find("harmless")).contains(kept);
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(f.vectorRows()).isEqualTo(2);
      f.index.close();
      assertThat(unusedFiles(f.folder)).isEmpty();
      f.reopen();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      assertThat(filesContain(f.folder, "xyzzyplugh")).isFalse();
    }
  }

  /** Whether a word stands in the files, be it of a document that is only marked as deleted. */
  private static boolean filesContain(Path folder, String word) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      Terms terms = MultiTerms.getTerms(reader, Fields.TEXT);
      return terms != null && terms.iterator().seekExact(new BytesRef(word));
    }
  }

  private static List<String> unusedFiles(Path folder) throws IOException {
    try (Directory directory = FSDirectory.open(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      List<String> files = new ArrayList<>(List.of(directory.listAll()));
      files.removeAll(reader.getIndexCommit().getFileNames());
      files.remove("write.lock");
      return files;
    }
  }

  @Test
  void manyWritersAndReadersAgree() throws Exception {
    try (SearchFixture f = fixture(words());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ids.add(
            f.row(
                Owner.DEFAULT,
                SearchFixture.archive(Owner.DEFAULT),
                "unique" + (char) ('a' + i % 26) + i + " text",
                NOW));
      }
      f.index.start();
      assertThat(f.index.awaitSettled(PATIENCE)).isTrue();
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String id = ids.get(i);
        String word = "fresh" + i + "word";
        synchronized (f) {
          f.change(id, word);
        }
        all.add(
            threads.submit(() -> {
              f.index.refresh(List.of(id), 0);
              return f.find(word).getFirst().equals(id);
            }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get()).isTrue();
      }
    }
  }
}
