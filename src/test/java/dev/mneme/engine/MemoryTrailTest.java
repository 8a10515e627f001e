package dev.mneme.engine;

import static dev.mneme.engine.TestingEngine.A;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.TestingMemory;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.memory.Archive;
import dev.mneme.memory.Passage;
import dev.mneme.memory.PassageDraft;
import dev.mneme.memory.PassageHit;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Origin;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where what agents remember comes from, and what several calls in a step do to each other. */
class MemoryTrailTest {
  @TempDir Path folder;
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private HistoryEntry lastOf(String container) {
    return engine
        .memory
        .journal
        .history(
            A,
            new HistoryQuery(
                Set.of(container),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5))
        .getFirst();
  }

  @Test
  void memoryWrittenAfterAToolsTextCarriesItsOrigin() {
    engine.code.put(
        "fetch", _ -> new ToolOutcome.Success(TextNode.valueOf("They are Bob."), "", ""));
    engine.script(
        "writes",
        """
        replies:
          - match: {from: user}
            tools: [{name: fetch, arguments: {}}]
          - match: {tool: fetch}
            tools: [{name: memory_insert, arguments: {label: human, new_string: Bob}}]
          - text: Noted.
        """);
    Agent agent = engine.agent("letta_v1_agent", "writes", List.of(), "fetch", "memory_insert");
    assertThat(engine.say(agent, "go").texts()).containsExactly("Noted.");
    HistoryEntry entry = lastOf(engine.memory.blocks.byLabel(A, agent.id(), "human").id());
    assertThat(entry.entry().origin()).isEqualTo(Origin.TOOL);
    assertThat(entry.entry().source()).contains("tool:fetch");
  }

  @Test
  void memoryWrittenAfterASearchIsDerivedFromWhatWasFound() {
    engine.script(
        "recalls",
        """
        replies:
          - match: {from: user}
            tools: [{name: archival_memory_search, arguments: {query: tea}}]
          - match: {tool: archival_memory_search}
            tools: [{name: memory_insert, arguments: {label: human, new_string: Tea}}]
          - text: Noted.
        """);
    Agent agent =
        engine.agent(
            "letta_v1_agent", "recalls", List.of(), "archival_memory_search", "memory_insert");
    Archive archive = engine.memory.agents.defaultArchive(A, agent.id(), TestingMemory.USER);
    Passage passage =
        engine.memory.archives.insert(
            A, archive.id(), PassageDraft.of("Likes tea."), TestingMemory.USER);
    engine.memory.index.hits.add(new PassageHit(passage.id(), 1, 1, 0, "words"));
    Told told = engine.say(agent, "go");
    assertThat(told.returns().getFirst()).contains("Likes tea.");
    HistoryEntry entry = lastOf(engine.memory.blocks.byLabel(A, agent.id(), "human").id());
    assertThat(entry.parents()).containsExactly(passage.sequence());
    assertThat(entry.entry().origin()).isEqualTo(Origin.MODEL);
  }

  @Test
  void toolsMarkedParallelRunSideBySideAndReturnInOrder() {
    CountDownLatch both = new CountDownLatch(2);
    for (String name : List.of("parallel_a", "parallel_b")) {
      engine.code.put(
          name,
          _ -> {
            both.countDown();
            try {
              boolean met = both.await(20, TimeUnit.SECONDS);
              return new ToolOutcome.Success(TextNode.valueOf(name + " " + met), "", "");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    engine.script(
        "both",
        """
        replies:
          - match: {from: user}
            tools: [{name: parallel_a, arguments: {}}, {name: parallel_b, arguments: {}}]
          - text: Done.
        """);
    Agent agent = engine.agent("letta_v1_agent", "both", List.of(), "parallel_a", "parallel_b");
    assertThat(engine.say(agent, "go").returns())
        .containsExactly("parallel_a true", "parallel_b true");
  }

  @Test
  void anEditThatFailsLeavesTheOthersOfItsStep() {
    engine.script(
        "three",
        """
        replies:
          - match: {from: user}
            tools:
              - {name: memory_insert, arguments: {label: human, new_string: first}}
              - {name: memory_replace, arguments: {label: human, old_string: absent, new_string: x}}
              - {name: archival_memory_insert, arguments: {content: A thought., tags: [insight]}}
          - text: Done.
        """);
    Agent agent =
        engine.agent(
            "letta_v1_agent",
            "three",
            List.of(),
            "memory_insert",
            "memory_replace",
            "archival_memory_insert");
    Told told = engine.say(agent, "go");
    assertThat(told.returns().get(1)).startsWith("Error executing function memory_replace");
    assertThat(told.returns().get(2)).isEqualTo("None");
    assertThat(engine.memory.value(agent, "human")).endsWith("first");
    assertThat(engine.memory.agents.archives(A, agent.id())).hasSize(1);
    assertThat(engine.context(agent).getFirst().text())
        .contains("1 passages are in archival", "- Tags in archival memory: insight");
  }
}
