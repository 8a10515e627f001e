package dev.mneme.engine;

import static dev.mneme.engine.TestingEngine.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentSettings;
import dev.mneme.agent.TestingMemory;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.AgentStarter.Wish;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.tool.StoredTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentStarterTest {
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

  private Agent create(String type, String system) {
    AgentSettings settings =
        new AgentSettings(
            type,
            system,
            Optional.of("scripted/plain"),
            Optional.empty(),
            Json.mapper().createObjectNode(),
            OptionalInt.empty(),
            List.of(),
            List.of(),
            false,
            Optional.empty(),
            Json.mapper().createObjectNode(),
            "UTC",
            Map.of());
    return engine
        .starter
        .create(A, Wish.of(AgentDraft.named("Ada").withSettings(settings)), TestingMemory.USER)
        .agent();
  }

  private List<String> tools(Agent agent) {
    return engine.tools.ofIds(A, agent.settings().toolIds()).stream()
        .map(StoredTool::name)
        .toList();
  }

  @Test
  void aPlainAgentHasItsToolsItsInstructionsAndASystemMessage() {
    Agent agent = create("letta_v1_agent", "");
    assertThat(tools(agent))
        .containsExactly(
            "conversation_search",
            "memory_insert",
            "memory_replace",
            "archival_memory_insert",
            "archival_memory_search");
    assertThat(agent.settings().system()).contains("memory of your own");
    assertThat(agent.settings().toolRules()).isEmpty();
    assertThat(engine.context(agent)).extracting(Message::role).containsExactly(Role.SYSTEM);
    engine.script("plain", "replies: [{match: {offers: memory_insert}, text: Hello.}]");
    assertThat(engine.say(agent, "hi").texts()).containsExactly("Hello.");
    assertThat(engine.context(agent)).hasSize(3);
  }

  @Test
  void anAgentWithHeartbeatsIsGreetedAndHasRules() {
    Agent agent = create("memgpt_agent", "");
    assertThat(engine.context(agent))
        .extracting(Message::role)
        .containsExactly(Role.SYSTEM, Role.ASSISTANT, Role.TOOL, Role.USER);
    assertThat(agent.settings().toolRules())
        .contains(
            new ToolRule.ExitLoop("send_message"),
            new ToolRule.ContinueLoop("conversation_search"));
    assertThat(engine.context(agent).getFirst().text())
        .contains("<tool_usage_rules>", "Calling send_message ends your turn.");
  }

  @Test
  void aTypeWithoutInstructionsNeedsThemAndAnUnknownTypeIsRefused() {
    assertThatThrownBy(() -> create("split_thread_agent", ""))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("system_needed"));
    assertThatThrownBy(() -> create("clever_agent", ""))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("unknown_agent_type"));
  }

  @Test
  void aResetConversationBeginsAnewAndNothingIsLost() {
    Agent agent = create("letta_v1_agent", "");
    engine.script("plain", "replies: [{text: Hello.}]");
    engine.say(agent, "hi");
    engine.starter.reset(A, Conversation.of(agent.id()), false);
    assertThat(engine.context(agent)).extracting(Message::role).containsExactly(Role.SYSTEM);
    assertThat(engine.stored(agent)).extracting(Message::text).contains("hi", "Hello.");
    assertThat(engine.say(agent, "again").texts()).containsExactly("Hello.");
  }

  @Test
  void aPromptIsCompiledAnewOnRequest() {
    Agent agent = create("letta_v1_agent", "Base {CORE_MEMORY} end.");
    String kept = engine.starter.recompile(A, Conversation.of(agent.id()), true);
    assertThat(kept).startsWith("Base <memory_blocks>").endsWith("</memory_metadata> end.");
    assertThat(engine.context(agent).getFirst().text()).isEqualTo(kept);
  }
}
