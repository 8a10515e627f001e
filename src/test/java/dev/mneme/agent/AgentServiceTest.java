package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.B;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
import dev.mneme.memory.Archive;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockDraft;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentServiceTest {
  @TempDir Path folder;
  private TestingMemory memory;

  @BeforeEach
  void open() {
    memory = new TestingMemory(folder);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void theDefaultAgentIsMadeOnceWithTwoDescribedBlocks() {
    Agent first = memory.agents.defaultAgent(A, USER);
    assertThat(memory.agents.defaultAgent(A, USER)).isEqualTo(first);
    assertThat(first.name()).isEqualTo("default");
    assertThat(memory.blocks.ofAgent(A, first.id()))
        .extracting(Block::label)
        .containsExactly("persona", "human");
    assertThat(memory.blocks.ofAgent(A, first.id()))
        .allSatisfy(block -> {
          assertThat(block.description()).isNotBlank();
          assertThat(block.value()).isNotBlank();
        });
  }

  @Test
  void anAgentIsFoundByNameAndById() {
    Agent agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    assertThat(memory.agents.get(A, "Ada")).isEqualTo(agent);
    assertThat(memory.agents.get(A, agent.id())).isEqualTo(agent);
    assertThat(memory.agents.find(B, agent.id())).isEmpty();
    assertThat(memory.agents.find(B, "Ada")).isEmpty();
  }

  @Test
  void whereANameHasToTellAgentsApartASecondOneIsRefusedToItsOwnerOnly() {
    memory.agents.createUnique(A, AgentDraft.named("Ada"), USER);
    memory.agents.createUnique(B, AgentDraft.named("Ada"), USER);
    assertThatThrownBy(() -> memory.agents.createUnique(A, AgentDraft.named("Ada"), USER))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("agent_name_in_use"));
  }

  @Test
  void theDefaultArchiveIsMadeAtFirstUse() {
    Agent agent = memory.agents.defaultAgent(A, USER);
    assertThat(memory.agents.archives(A, agent.id())).isEmpty();
    Archive archive = memory.agents.defaultArchive(A, agent.id(), MODEL);
    assertThat(memory.agents.defaultArchive(A, agent.id(), MODEL)).isEqualTo(archive);
    assertThat(memory.agents.archives(A, agent.id())).containsExactly(archive);
  }

  @Test
  void aLabelIsUniqueForAnAgentAndABlockCanBeShared() {
    Agent one = memory.agents.create(A, AgentDraft.named("one"), USER);
    Agent two = memory.agents.create(A, AgentDraft.named("two").withBlocks(List.of()), USER);
    Block shared = memory.blocks.byLabel(A, one.id(), "human");
    memory.agents.attachBlock(A, two.id(), shared.id(), USER);
    assertThat(memory.blocks.agents(A, shared.id())).containsExactlyInAnyOrder(one.id(), two.id());
    Block other = memory.blocks.create(A, BlockDraft.of("human", "", ""), USER);
    assertThatThrownBy(() -> memory.agents.attachBlock(A, two.id(), other.id(), USER))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("label_in_use"));
  }

  @Test
  void deletingAnAgentLeavesItsBlocks() {
    Agent agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    Block human = memory.blocks.byLabel(A, agent.id(), "human");
    memory.agents.delete(A, agent.id(), USER);
    assertThat(memory.agents.find(A, agent.id())).isEmpty();
    assertThat(memory.blocks.get(A, human.id()).value()).isEqualTo(human.value());
    assertThat(memory.blocks.agents(A, human.id())).isEmpty();
  }
}
