package dev.mneme.memory;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveServiceTest extends MemoryTest {
  private Archive archive;

  @BeforeEach
  void anArchive() {
    archive = memory.archives.create(A, "notes", "What was noted.", USER);
  }

  @Test
  void aPassageIsStoredTaggedAndToldToTheIndex() {
    Instant then = Instant.parse("2024-02-29T12:00:00.123Z");
    Passage made =
        memory.archives.insert(
            A,
            archive.id(),
            new PassageDraft(
                "Ada was born.",
                List.of("birth", "ada", "birth"),
                Map.of("n", 1),
                Optional.of(then)),
            MODEL);
    assertThat(memory.archives.getPassage(A, made.id())).isEqualTo(made);
    assertThat(made.tags()).containsExactly("birth", "ada");
    assertThat(made.createdAt()).isEqualTo(then);
    assertThat(memory.index.refreshed).containsExactly(made.id());
  }

  @Test
  void aBatchIsOneJournalRowAndEachPassageHasAHistory() {
    long before = memory.journal.lastSequence(A);
    List<Passage> made =
        memory.archives.insertAll(
            A,
            archive.id(),
            IntStream.range(0, 500).mapToObj(i -> PassageDraft.of("text " + i)).toList(),
            USER);
    assertThat(memory.journal.lastSequence(A)).isEqualTo(before + 1);
    assertThat(memory.index.refreshed).hasSize(500);
    Passage one = made.get(250);
    memory.archives.updatePassage(A, one.id(), PassageUpdate.text("changed"), USER);
    List<HistoryEntry> history = memory.history.ofPassage(A, one.id(), HistoryQuery.all(9));
    assertThat(history).hasSize(2);
    assertThat(history.getLast().subjects()).isEqualTo(500);
    assertThat(memory.history.passageAsOf(A, one.id(), before + 1).orElseThrow().text())
        .isEqualTo("text 250");
    assertThat(memory.history.passageAsOf(A, one.id(), before)).isEmpty();
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
  }

  @Test
  void passagesAreListedInPagesInBothOrders() {
    Instant time = Instant.parse("2025-01-01T00:00:00Z");
    for (int i = 0; i < 7; i++) {
      memory.archives.insert(
          A,
          archive.id(),
          new PassageDraft("p" + i, List.of(), Map.of(), Optional.of(time.plusSeconds(i / 2))),
          USER);
    }
    List<String> forward = pages(false);
    List<String> backward = pages(true);
    assertThat(forward).hasSize(7).doesNotHaveDuplicates();
    assertThat(backward.reversed()).isEqualTo(forward);
    refused(
        "unknown_cursor",
        () ->
            memory.archives.listPassages(
                A, archive.id(), new PassagePage(Optional.of("passage-x"), false, 3)));
  }

  private List<String> pages(boolean newestFirst) {
    List<String> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    while (true) {
      List<Passage> page =
          memory.archives.listPassages(A, archive.id(), new PassagePage(after, newestFirst, 3));
      if (page.isEmpty()) {
        return all;
      }
      page.forEach(passage -> all.add(passage.id()));
      after = Optional.of(page.getLast().id());
    }
  }

  @Test
  void tagsAreCountedTheMostFrequentFirst() {
    memory.archives.insert(A, archive.id(), PassageDraft.of("a", "x", "y"), USER);
    memory.archives.insert(A, archive.id(), PassageDraft.of("b", "y"), USER);
    assertThat(memory.archives.tagCounts(A, archive.id()).entrySet())
        .containsExactly(Map.entry("y", 2L), Map.entry("x", 1L));
    List<String> last =
        memory.database.scope(A).read(reads -> memory.archives.lastTags(reads, archive.id()));
    assertThat(last).containsExactly("y", "x");
  }

  @Test
  void searchJoinsThePassagesAndDropsThoseThatAreGone() {
    Passage made = memory.archives.insert(A, archive.id(), PassageDraft.of("a"), USER);
    memory.index.hits.add(new PassageHit("passage-gone", 1, 1, 1, "gone"));
    memory.index.hits.add(new PassageHit(made.id(), 0.5, 0.5, 0.5, "words"));
    PassageQuery query =
        new PassageQuery(
            "a",
            Set.of(archive.id()),
            Set.of(),
            PassageQuery.TagMatch.ANY,
            Optional.empty(),
            Optional.empty(),
            10);
    assertThat(memory.archives.search(A, query))
        .containsExactly(new FoundPassage(made, memory.index.hits.getLast()));
  }

  @Test
  void badPassagesAreRefused() {
    refused("empty_text", () -> insert(PassageDraft.of(" \n")));
    refused("text_too_long", () -> insert(PassageDraft.of("x".repeat(100_001))));
    refused("invalid_tag", () -> insert(PassageDraft.of("x", "")));
    refused(
        "too_many_tags",
        () ->
            insert(
                new PassageDraft(
                    "x",
                    IntStream.range(0, 101).mapToObj(i -> "t" + i).toList(),
                    Map.of(),
                    Optional.empty())));
    refused(
        "batch_too_large",
        () ->
            memory.archives.insertAll(
                A, archive.id(), java.util.Collections.nCopies(5_001, PassageDraft.of("x")), USER));
    refused(
        "unknown_archive",
        () -> memory.archives.insert(A, "archive-nope", PassageDraft.of("x"), USER));
  }

  private void insert(PassageDraft draft) {
    memory.archives.insert(A, archive.id(), draft, USER);
  }

  @Test
  void deletingAnArchiveTakesItsPassagesAlongAndUndoBringsThemBack() {
    memory.archives.insertAll(
        A, archive.id(), List.of(PassageDraft.of("one"), PassageDraft.of("two")), USER);
    memory.archives.delete(A, archive.id(), USER.inRun("del"));
    assertThat(memory.archives.list(A)).isEmpty();
    memory.journal.undo(A, dev.mneme.memory.journal.UndoRequest.run("del"), USER);
    assertThat(memory.archives.count(A, archive.id())).isEqualTo(2);
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
  }
}
