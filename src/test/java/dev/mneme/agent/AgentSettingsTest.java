package dev.mneme.agent;

import static dev.mneme.agent.TestingMemory.A;
import static dev.mneme.agent.TestingMemory.MODEL;
import static dev.mneme.agent.TestingMemory.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.UndoRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSettingsTest {
  private static final ObjectNode SOME = Json.mapper().createObjectNode().put("temperature", 0.5);
  private static final AgentSettings FULL =
      new AgentSettings(
          "memgpt_agent",
          "Be kind. {CORE_MEMORY}",
          Optional.of("openai/gpt-4o-mini"),
          Optional.of("openai/text-embedding-3-small"),
          SOME,
          OptionalInt.of(9000),
          List.of("tool-1", "tool-2"),
          List.of(
              new ToolRule.RunFirst("a", Optional.of(Map.of("x", 1))),
              new ToolRule.RunFirst("a", Optional.empty()),
              new ToolRule.ExitLoop("b"),
              new ToolRule.ContinueLoop("c"),
              new ToolRule.Children(
                  "d",
                  List.of("a", "b"),
                  List.of(new ToolRule.ChildArgs("a", Optional.of(Map.of("y", "z"))))),
              new ToolRule.ParentLast("e", List.of("a")),
              new ToolRule.Conditional("f", Map.of("yes", "a"), Optional.of("b"), true),
              new ToolRule.MaxCount("g", 3),
              new ToolRule.RequiredBeforeExit("h"),
              new ToolRule.RequiresApproval("i")),
          true,
          Optional.of(SOME),
          SOME,
          "Europe/Berlin",
          Map.of("hidden", TextNode.valueOf("yes")));

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
  void settingsComeBackAsTheyWere() {
    Agent agent = memory.agents.create(A, AgentDraft.named("Ada").withSettings(FULL), USER);
    assertThat(agent.settings()).isEqualTo(FULL);
    assertThat(memory.agents.get(A, agent.id())).isEqualTo(agent);
    Agent plain = memory.agents.create(A, AgentDraft.named("Bob"), USER);
    assertThat(memory.agents.get(A, plain.id()).settings()).isEqualTo(AgentSettings.DEFAULT);
  }

  @Test
  void aStateWithoutSettingsReadsAsTheDefaults() {
    State old =
        State.of(
            Map.of(
                "archive_id", "",
                "created_at", "2026-01-01T00:00:00.000Z",
                "description", "",
                "metadata", Map.of(),
                "name", "Ada",
                "tags", List.of()));
    Agent agent =
        AgentRows.agent(
            "agent-00000000-0000-4000-8000-000000000001", old, new Stamp(1, Instant.EPOCH));
    assertThat(agent.settings()).isEqualTo(AgentSettings.DEFAULT);
  }

  @Test
  void aChangeOfSettingsIsTakenBackWithoutLosingALaterOne() {
    Agent agent = memory.agents.create(A, AgentDraft.named("Ada").withSettings(FULL), USER);
    Agent changed =
        memory.agents.updateSettings(
            A, agent.id(), settings -> settings.withModel("scripted/one"), MODEL);
    memory.agents.updateSettings(
        A, agent.id(), settings -> settings.withTools(List.of("tool-3")), MODEL);
    memory.journal.undo(A, UndoRequest.call(changed.sequence()), USER);
    AgentSettings now = memory.agents.get(A, agent.id()).settings();
    assertThat(now.model()).isEqualTo(FULL.model());
    assertThat(now.toolIds()).containsExactly("tool-3");
    assertThat(memory.journal.verify(A).problems()).isEmpty();
  }

  @Test
  void theLastRunIsNoChangeOfTheAgent() {
    Agent agent = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    LastRun ran =
        new LastRun(
            Optional.of(Instant.parse("2026-11-22T10:00:00Z")),
            OptionalLong.of(12),
            Optional.of("end_turn"));
    memory.database.scope(A).update(tx -> memory.agents.ran(tx, agent.id(), ran));
    assertThat(memory.agents.get(A, agent.id()).lastRun()).isEqualTo(ran);
    Agent renamed = memory.agents.update(A, agent.id(), AgentUpdate.name("Bob"), USER);
    assertThat(renamed.lastRun()).isEqualTo(ran);
    assertThat(memory.agents.get(A, agent.id())).isEqualTo(renamed);
    assertThat(memory.journal.verify(A).problems()).isEmpty();
  }

  @Test
  void whoAsksByANameOfSeveralIsToldTheirIds() {
    Agent one = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    Agent two = memory.agents.create(A, AgentDraft.named("Ada"), USER);
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> memory.agents.get(A, "Ada"))
        .returns("ambiguous_agent", MnemeException::code)
        .satisfies(e -> assertThat(e.message()).contains(one.id(), two.id()));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> memory.agents.createUnique(A, AgentDraft.named("Ada"), USER))
        .returns("agent_name_in_use", MnemeException::code);
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    for (String rule :
        List.of(
            "{}",
            "[{\"type\": \"exit_loop\"}]",
            "[{\"type\": \"dance\", \"tool_name\": \"a\"}]",
            "[{\"type\": \"max_count_per_step\", \"tool_name\": \"a\"}]",
            "[{\"type\": \"conditional\", \"tool_name\": \"a\"}]",
            "[{\"type\": \"constrain_child_tools\", \"tool_name\": \"a\", \"children\": [\"b\"],"
                + " \"child_arg_nodes\": [{\"name\": \"c\"}]}]")) {
      assertThatExceptionOfType(MnemeException.class)
          .as(rule)
          .isThrownBy(() -> ToolRules.read(Json.parse(rule)))
          .returns("invalid_tool_rule", MnemeException::code);
    }
  }
}
