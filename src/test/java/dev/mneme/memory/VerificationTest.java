package dev.mneme.memory;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.B;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.memory.edit.TextEdit;
import dev.mneme.memory.journal.UndoRequest;
import dev.mneme.memory.journal.VerifyReport;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest extends MemoryTest {
  private static final String LONG =
      String.join("\n", IntStream.range(0, 60).mapToObj(i -> "a line of notes " + i).toList());

  private Agent agent;
  private Archive archive;

  @BeforeEach
  void aLivelyMemory() {
    agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    memory.agents.create(B, AgentDraft.named("other"), USER);
    memory.edit(agent, new TextEdit.Rethink("human", LONG), "r");
    for (int i = 0; i < 20; i++) {
      memory.edit(agent, new TextEdit.Append("human", "note " + i), "r" + i);
    }
    long undone = memory.edit(agent, new TextEdit.Append("human", "wrong"), "r");
    memory.journal.undo(A, UndoRequest.call(undone), USER);
    archive = memory.agents.defaultArchive(A, agent.id(), USER);
    List<Passage> made =
        memory.archives.insertAll(
            A, archive.id(), List.of(PassageDraft.of("one", "t"), PassageDraft.of("two")), MODEL);
    memory.archives.updatePassage(
        A, made.getFirst().id(), PassageUpdate.text("ONE"), MODEL.derivedFrom(List.of(undone)));
    memory.archives.deletePassage(A, made.getLast().id(), USER);
    memory.archives.insert(A, archive.id(), PassageDraft.of("three"), USER);
  }

  @Test
  void anUntouchedMemoryVerifies() {
    VerifyReport report = memory.journal.verifyAll();
    assertThat(report.problems()).isEmpty();
    assertThat(report.ok()).isTrue();
    assertThat(report.entries()).isGreaterThan(25);
    assertThat(report.contents()).isGreaterThan(25);
    assertThat(report.rows()).isGreaterThan(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          UPDATE block SET value = replace(value, 'note', 'nope') WHERE label = 'human' | row_changed
          UPDATE block SET description = 'x' WHERE label = 'human'               | row_changed
          UPDATE block SET char_limit = 1 WHERE label = 'human'                  | row_missing
          DELETE FROM passage WHERE text = 'ONE'                                 | row_missing
          UPDATE passage SET tags = '[]' WHERE text = 'ONE'                      | row_changed
          UPDATE agent SET description = 'x' WHERE name = 'Ada'                  | row_changed
          UPDATE archive SET name = 'x'                                          | row_changed
          DELETE FROM attachment WHERE label = 'human' AND position = 2          | row_missing
          UPDATE attachment SET position = 9 WHERE label = 'persona'             | row_changed
          INSERT INTO archive VALUES ('archive-x', 'user-00000000-0000-4000-8000-000000000000', 'x', '', '{}', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 1) | row_unknown
          UPDATE journal SET actor = 'someone' WHERE sequence = 15                | entry_changed
          UPDATE journal SET source = 'else' WHERE sequence = 15                  | entry_changed
          UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 15  | entry_changed
          UPDATE journal SET operation = 'nothing' WHERE sequence = 15            | entry_changed
          UPDATE journal SET mac = previous_mac WHERE sequence = 15               | entry_changed
          UPDATE journal_version SET after_hash = before_hash WHERE sequence = 15 | versions_changed
          DELETE FROM journal_version WHERE sequence = 15                         | versions_changed
          UPDATE journal_link SET target = 3                                     | links_changed
          DELETE FROM journal_link                                               | links_changed
          INSERT INTO journal_link VALUES (15, 'parent', 3, 'user-00000000-0000-4000-8000-000000000000') | links_changed
          UPDATE journal_content SET body = replace(body, 'note', 'nope') WHERE depth > 0 | content_changed
          UPDATE journal_content SET body = replace(body, 'lines', 'lies'), salt = '00' WHERE depth = 0 | content_changed
          DELETE FROM journal_content WHERE sequence = (SELECT max(sequence) FROM journal_content) | content_missing
          UPDATE journal_head SET mac = '00'                                     | chain_end_missing
          DELETE FROM journal_head                                               | chain_end_missing
          UPDATE journal_head SET entries = entries + 1                          | chain_end_missing
          """)
  void everyKindOfTamperingIsFound(String sql, String code) {
    tamper(sql);
    VerifyReport report = memory.journal.verifyAll();
    assertThat(report.ok()).isFalse();
    assertThat(report.problems()).extracting(VerifyReport.Problem::code).contains(code);
  }

  @Test
  void aRemovedEntryIsFoundInTheMiddleAndAtTheEnd() {
    long last = memory.journal.lastSequence(A);
    for (long sequence : List.of(15L, last)) {
      tamper("DELETE FROM journal_link WHERE sequence = " + sequence);
      tamper("DELETE FROM journal_version WHERE sequence = " + sequence);
      tamper("DELETE FROM journal WHERE sequence = " + sequence);
      assertThat(memory.journal.verifyAll().ok()).isFalse();
    }
    assertThat(memory.journal.verifyAll().problems())
        .extracting(VerifyReport.Problem::code)
        .contains("chain_broken", "entries_missing", "chain_end_missing");
  }

  @Test
  void twoEntriesThatChangedPlacesAreFound() {
    for (String column :
        List.of("at", "operation", "versions", "previous_mac", "mac", "who_hash")) {
      tamper(
          "UPDATE journal SET "
              + column
              + " = (SELECT o."
              + column
              + " FROM journal o WHERE o.sequence = 31 - journal.sequence)"
              + " WHERE sequence IN (15, 16)");
    }
    assertThat(memory.journal.verifyAll().ok()).isFalse();
  }

  @Test
  void aChainThatVanishedWithItsHeadIsFoundByTheCheckpoint() {
    memory.journal.close();
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
    String container = archive.id();
    for (String table : List.of("journal_link", "journal_version", "journal_content")) {
      tamper(
          "DELETE FROM "
              + table
              + " WHERE sequence IN"
              + " (SELECT sequence FROM journal WHERE container = '"
              + container
              + "')");
    }
    tamper("DELETE FROM journal WHERE container = '" + container + "'");
    tamper("DELETE FROM journal_head WHERE container = '" + container + "'");
    assertThat(memory.journal.verifyAll().problems())
        .extracting(VerifyReport.Problem::code)
        .contains("chain_ends_differ", "row_unknown", "entries_missing");
  }

  @Test
  void aDirectEditIsFoundAlsoAfterALaterHonestOne() {
    tamper("UPDATE block SET value = 'poison' WHERE label = 'human' AND value LIKE '%note 19%'");
    memory.edit(agent, new TextEdit.Append("human", "honest"), "r");
    assertThat(memory.journal.verifyAll().problems())
        .extracting(VerifyReport.Problem::code)
        .contains("state_changed_outside");
  }

  @Test
  void aTamperedContentIsNotShownAsHistory() {
    Block human = memory.blocks.byLabel(A, agent.id(), "human");
    tamper("UPDATE journal_content SET body = replace(body, 'note', 'nope') WHERE depth > 0");
    refused("journal_damaged", () -> memory.history.blockAsOf(A, human.id(), human.sequence()));
  }

  @Test
  void prunedContentsAreGoneAndTheChainStillVerifies() {
    Block human = memory.blocks.byLabel(A, agent.id(), "human");
    int removed = memory.journal.prune(A, Instant.now().plusSeconds(60), 3);
    assertThat(removed).isGreaterThan(15);
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
    assertThat(memory.history.blockAsOf(A, human.id(), human.sequence())).isPresent();
    refused("content_removed", () -> memory.history.blockAsOf(A, human.id(), 15));
    refused("content_removed", () -> memory.journal.undo(A, UndoRequest.call(15), USER));
    memory.edit(agent, new TextEdit.Append("human", "after"), "r");
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
    assertThat(memory.journal.prune(A, Instant.EPOCH, 1)).isZero();
  }

  private void tamper(String sql) {
    memory.database.maintainWrite(handle -> handle.execute(sql));
  }
}
