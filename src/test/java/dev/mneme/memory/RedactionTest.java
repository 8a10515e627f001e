package dev.mneme.memory;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentUpdate;
import dev.mneme.memory.edit.TextEdit;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Redacted;
import dev.mneme.memory.journal.UndoRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedactionTest extends MemoryTest {
  private static final String SECRET = "sk-Hx77-secret-of-the-test";
  private Agent agent;

  @BeforeEach
  void anAgent() {
    agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
  }

  @Test
  void aSecretIsNowhereAfterwardsAndTheChainsVerify() throws IOException {
    String filler = "some notes that are long enough to be stored as a difference. ".repeat(20);
    memory.edit(agent, new TextEdit.Rethink("human", filler), "r");
    memory.edit(agent, new TextEdit.Append("human", "half: sk-Hx77"), "r");
    memory.edit(agent, new TextEdit.ReplaceAll("human", "half: sk-Hx77", "key: " + SECRET), "r");
    memory.edit(agent, new TextEdit.Append("human", "and more"), "r");
    memory.edit(agent, new TextEdit.Append("persona", "I know " + SECRET + " by heart"), "r");
    memory.edit(agent, new TextEdit.ReplaceAll("persona", SECRET, "nothing"), "r");
    Block labelled =
        memory.blocks.createFor(
            A,
            agent.id(),
            new BlockDraft(
                SECRET, "", SECRET, 100, false, Map.of(SECRET, List.of(SECRET)), List.of(SECRET)),
            USER.inRun("run " + SECRET).fromSource(SECRET));
    memory.agents.update(A, agent.id(), AgentUpdate.description("owns " + SECRET), USER);
    Archive archive = memory.agents.defaultArchive(A, agent.id(), USER);
    List<Passage> passages =
        memory.archives.insertAll(
            A,
            archive.id(),
            List.of(
                PassageDraft.of("the key is " + SECRET),
                PassageDraft.of("harmless", SECRET),
                new PassageDraft("x", List.of(), Map.of("k", SECRET), Optional.empty()),
                PassageDraft.of("untouched")),
            MODEL);
    memory.archives.deletePassage(A, passages.getFirst().id(), USER);
    assertThat(filesWith(SECRET)).isNotEmpty();

    Redacted redacted = memory.redaction.redact(A, agent.id(), SECRET, USER);

    assertThat(filesWith(SECRET)).isEmpty();
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
    assertThat(memory.value(agent, "human")).contains("key: [redacted]").endsWith("and more");
    Block relabelled = memory.blocks.get(A, labelled.id());
    assertThat(relabelled.label()).startsWith("redacted-");
    assertThat(relabelled.description()).isEqualTo("[redacted]");
    assertThat(memory.agents.get(A, agent.id()).description()).isEqualTo("owns [redacted]");
    assertThat(redacted.subjects()).hasSize(7);
    assertThat(memory.index.erased)
        .contains(passages.get(0).id(), passages.get(1).id(), passages.get(2).id())
        .doesNotContain(passages.get(3).id());
    assertThat(memory.index.refreshed).contains(passages.get(1).id());
    assertThat(memory.archives.getPassage(A, passages.get(1).id()).tags())
        .containsExactly("[redacted]");
    assertThat(memory.journal.history(A, HistoryQuery.all(500)))
        .anySatisfy(e -> assertThat(e.entry().run()).contains("run [redacted]"));
    memory.edit(agent, new TextEdit.Append("human", "later"), "r");
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
  }

  @Test
  void whatWasRedactedIsShownAsRemovedAndCannotBeBroughtBack() {
    long edit = memory.edit(agent, new TextEdit.Rethink("human", SECRET), "r");
    long later = memory.edit(agent, new TextEdit.Rethink("human", "clean"), "r2");
    Redacted redacted = memory.redaction.redact(A, agent.id(), SECRET, USER);
    Block human = memory.blocks.byLabel(A, agent.id(), "human");
    assertThat(redacted.sequence()).isZero();
    assertThat(redacted.contents()).isEqualTo(1);
    refused("content_removed", () -> memory.history.blockAsOf(A, human.id(), edit));
    refused("content_removed", () -> memory.journal.undo(A, UndoRequest.call(later), USER));
    HistoryEntry shown = memory.journal.entry(A, edit).orElseThrow();
    assertThat(shown.changes().getFirst().removed()).isTrue();
    assertThat(shown.changes().getFirst().diff()).isEmpty();
    assertThat(human.value()).isEqualTo("clean");
  }

  @Test
  void onlyTheTargetIsTouched() {
    Agent other = memory.agents.create(A, AgentDraft.named("Bob"), USER);
    memory.edit(agent, new TextEdit.Rethink("human", SECRET), "r");
    memory.edit(other, new TextEdit.Rethink("human", SECRET), "r");
    Block human = memory.blocks.byLabel(A, agent.id(), "human");
    memory.redaction.redact(A, human.id(), SECRET, USER);
    assertThat(memory.value(agent, "human")).isEqualTo("[redacted]");
    assertThat(memory.value(other, "human")).isEqualTo(SECRET);
    assertThat(memory.journal.verifyAll().problems()).isEmpty();
  }

  @Test
  void aTextThatIsTooShortIsRefused() {
    refused("text_too_short", () -> memory.redaction.redact(A, agent.id(), "abc", USER));
    refused("text_too_short", () -> memory.redaction.redact(A, agent.id(), "    ", USER));
  }

  @Test
  void noPageOfTheFileKeepsARedactedTextAmongManyOthers() throws IOException {
    Random random = new Random(13);
    Archive archive = memory.agents.defaultArchive(A, agent.id(), USER);
    for (int round = 0; round < 6; round++) {
      String secret = "secret number " + round + " " + random.nextLong();
      for (int i = 0; i < 40; i++) {
        String text = "filler ".repeat(random.nextInt(400)) + (i % 3 == 0 ? secret : "");
        Passage made = memory.archives.insert(A, archive.id(), PassageDraft.of("x " + text), MODEL);
        memory.edit(
            agent,
            new TextEdit.Rethink(
                "human", "y".repeat(random.nextInt(9_000)) + (i % 5 == 0 ? secret : "")),
            "r");
        if (i % 7 == 0) {
          memory.archives.updatePassage(A, made.id(), PassageUpdate.text(text + " again"), MODEL);
        }
        if (i % 4 == 0) {
          memory.archives.deletePassage(A, made.id(), MODEL);
        }
      }
      memory.redaction.redact(A, agent.id(), secret, USER);
      assertThat(filesWith(secret)).as("round %d", round).isEmpty();
      assertThat(memory.journal.verifyAll().problems()).isEmpty();
    }
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (bytes.contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
