package dev.mneme.memory;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.memory.edit.ApplyPatch;
import dev.mneme.memory.edit.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlockServiceTest extends MemoryTest {
  private Agent agent;

  @BeforeEach
  void anAgent() {
    agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
  }

  @Test
  void anEditIsStoredAndReturnsTheNewValue() {
    EditResult result =
        memory.blocks.edit(A, agent.id(), new TextEdit.Rethink("human", "Likes tea."), MODEL);
    assertThat(result.message()).isEqualTo("Likes tea.");
    Block block = memory.blocks.byLabel(A, agent.id(), "human");
    assertThat(block).isEqualTo(result.blocks().getFirst());
    assertThat(block.sequence()).isEqualTo(result.sequence());
  }

  @Test
  void anEditThatChangesNothingIsNotJournaled() {
    long before = memory.journal.lastSequence(A);
    Block block = memory.blocks.byLabel(A, agent.id(), "human");
    EditResult result =
        memory.blocks.edit(A, agent.id(), new TextEdit.Rethink("human", block.value()), MODEL);
    assertThat(result.sequence()).isEqualTo(block.sequence());
    assertThat(memory.journal.lastSequence(A)).isEqualTo(before);
  }

  @Test
  void theLimitCountsCharactersAndHoldsOnEveryWrite() {
    Block block = memory.blocks.byLabel(A, agent.id(), "human");
    memory.blocks.update(A, block.id(), BlockUpdate.none().withValue("😀😀").withLimit(3), USER);
    memory.blocks.edit(A, agent.id(), new TextEdit.ReplaceAll("human", "😀😀", "😀😀😀"), MODEL);
    var error =
        refused(
            "block_limit",
            () -> memory.blocks.edit(A, agent.id(), new TextEdit.Append("human", "x"), MODEL));
    assertThat(error.details()).isEqualTo(Map.of("length", 5, "limit", 3));
    assertThat(error.message()).contains("5").contains("3").contains("shorter by 2");
    refused(
        "block_limit",
        () -> memory.blocks.update(A, block.id(), BlockUpdate.none().withLimit(2), USER));
    assertThat(memory.value(agent, "human")).isEqualTo("😀😀😀");
  }

  @Test
  void agentsMayNotEditWhatIsReadOnlyButOperatorsMay() {
    Block block = memory.blocks.byLabel(A, agent.id(), "human");
    memory.blocks.update(A, block.id(), BlockUpdate.none().withReadOnly(true), USER);
    refused(
        "block_read_only",
        () -> memory.blocks.edit(A, agent.id(), new TextEdit.Append("human", "x"), MODEL));
    refused("block_read_only", () -> memory.blocks.delete(A, block.id(), MODEL));
    memory.blocks.edit(A, agent.id(), new TextEdit.Append("human", "x"), USER);
    assertThat(memory.value(agent, "human")).endsWith("\nx");
  }

  @Test
  void anUnknownLabelNamesTheKnownOnes() {
    var error =
        refused(
            "unknown_label",
            () -> memory.blocks.edit(A, agent.id(), new TextEdit.Append("nobody", "x"), MODEL));
    assertThat(error.message()).contains("nobody").contains("persona, human");
  }

  @Test
  void labelsWithTricksAreRefused() {
    for (String label :
        List.of(
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a b",
            "-x",
            ".x",
            "a..b",
            "value",
            "x".repeat(65),
            "é")) {
      refused("invalid_label", () -> memory.blocks.create(A, BlockDraft.of(label, "", ""), USER));
    }
  }

  @Test
  void aTextThatCannotBeStoredIsRefused() {
    refused(
        "invalid_text",
        () -> memory.blocks.edit(A, agent.id(), new TextEdit.Append("human", "\ud83d"), MODEL));
    refused(
        "invalid_text",
        () -> memory.blocks.edit(A, agent.id(), new TextEdit.Append("human", "a\0b"), MODEL));
  }

  @Test
  void anEditMadeForAnOlderStateIsAConflictWithTheDifference() {
    long seen = memory.edit(agent, new TextEdit.Rethink("human", "one"), "r");
    memory.edit(agent, new TextEdit.Append("human", "two"), "r");
    var error =
        refused(
            "block_changed",
            () ->
                memory.blocks.edit(
                    A,
                    agent.id(),
                    new TextEdit.Rethink("human", "x"),
                    OptionalLong.of(seen),
                    MODEL));
    assertThat(error.details()).containsEntry("expected", seen);
    assertThat(error.details().get("diff").toString()).contains("+two");
    long now = memory.blocks.byLabel(A, agent.id(), "human").sequence();
    memory.blocks.edit(
        A, agent.id(), new TextEdit.Rethink("human", "x"), OptionalLong.of(now), MODEL);
  }

  @Test
  void aPatchOverSeveralBlocksIsAllOrNothing() {
    memory.edit(agent, new TextEdit.Rethink("human", "a"), "r");
    String good =
        """
        *** Update Block: human
        *** Move to: person
        -a
        +b
        *** Add Block: project
        +Mneme
        *** Delete Block: persona
        """;
    EditResult result = memory.blocks.edit(A, agent.id(), new ApplyPatch("human", good), MODEL);
    assertThat(result.message()).contains("person").contains("project").contains("persona");
    assertThat(memory.blocks.ofAgent(A, agent.id()))
        .extracting(Block::label)
        .containsExactly("person", "project");
    String bad =
        """
        *** Update Block: person
        -b
        +c
        *** Update Block: project
        -nothing
        +x
        """;
    refused(
        "patch_context_not_found",
        () -> memory.blocks.edit(A, agent.id(), new ApplyPatch("person", bad), MODEL));
    assertThat(memory.value(agent, "person")).isEqualTo("b");
  }

  @Test
  void theMemoryToolShowsBlocksAsFiles() {
    command(Map.of("command", "create", "path", "/memories/notes", "description", "Notes."));
    command(Map.of("command", "insert", "path", "notes", "insert_text", "first"));
    assertThat(
            command(
                    Map.of(
                        "command",
                        "str_replace",
                        "path",
                        "/memories/notes",
                        "old_string",
                        "first",
                        "new_string",
                        "second"))
                .message())
        .isEqualTo("second");
    command(Map.of("command", "rename", "old_path", "notes", "new_path", "/memories/a/b"));
    assertThat(memory.value(agent, "a_b")).isEqualTo("second");
    command(Map.of("command", "rename", "path", "a_b", "description", "Other."));
    Block block = memory.blocks.byLabel(A, agent.id(), "a_b");
    assertThat(block.description()).isEqualTo("Other.");
    command(Map.of("command", "delete", "path", "/memories/a/b"));
    refused("unknown_label", () -> memory.blocks.byLabel(A, agent.id(), "a_b"));
    assertThat(memory.blocks.get(A, block.id()).value()).isEqualTo("second");
  }

  @Test
  void theMemoryToolNamesWhatIsMissing() {
    assertThat(refused("missing_argument", () -> command(Map.of("command", "create"))).message())
        .contains("'path'");
    assertThat(
            refused("missing_argument", () -> command(Map.of("command", "create", "path", "x")))
                .message())
        .contains("'description'");
    assertThat(refused("unknown_command", () -> command(Map.of("command", "eat"))).message())
        .contains("create, str_replace, insert, delete and rename");
    refused(
        "invalid_label",
        () ->
            command(Map.of("command", "create", "path", "/memories/../../x", "description", "d")));
    refused(
        "label_in_use",
        () -> command(Map.of("command", "create", "path", "human", "description", "d")));
  }

  @Test
  void renamingASharedBlockRespectsTheLabelsOfAllItsAgents() {
    Agent other = memory.agents.create(A, AgentDraft.named("Bob").withBlocks(List.of()), USER);
    Block shared = memory.blocks.createFor(A, other.id(), BlockDraft.of("notes", "", ""), USER);
    memory.agents.attachBlock(A, agent.id(), shared.id(), USER);
    refused(
        "label_in_use",
        () -> memory.blocks.update(A, shared.id(), BlockUpdate.none().withLabel("human"), USER));
    memory.blocks.update(A, shared.id(), BlockUpdate.none().withLabel("common"), USER);
    assertThat(memory.blocks.byLabel(A, agent.id(), "common")).isNotNull();
    assertThat(memory.blocks.byLabel(A, other.id(), "common")).isNotNull();
  }

  @Test
  void blocksAreListedInPages() {
    for (int i = 0; i < 5; i++) {
      memory.blocks.create(A, BlockDraft.of("b" + i, "", ""), USER);
    }
    List<String> all = new ArrayList<>();
    BlockQuery query = BlockQuery.first(2);
    while (true) {
      List<Block> page = memory.blocks.list(A, query);
      if (page.isEmpty()) {
        break;
      }
      page.forEach(block -> all.add(block.id()));
      query =
          new BlockQuery(java.util.Optional.empty(), java.util.Optional.of(page.getLast().id()), 2);
    }
    assertThat(all).hasSize(7).doesNotHaveDuplicates();
  }

  private EditResult command(Map<String, ?> arguments) {
    return memory.blocks.command(A, agent.id(), MemoryCommand.of(arguments), MODEL);
  }
}
