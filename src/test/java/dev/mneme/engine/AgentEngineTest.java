package dev.mneme.engine;

import static dev.mneme.engine.TestingEngine.A;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.agent.Agent;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.memory.journal.Entry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.run.RunEvent;
import dev.mneme.run.StopReason;
import dev.mneme.tool.Artifact;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentEngineTest {
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

  @Test
  void aReplyWithoutToolsEndsTheTurnAndIsKept() {
    engine.script("plain", "replies: [{match: {contains: hi}, text: Hello.}]");
    Agent agent = engine.agent("letta_v1_agent", "plain", List.of());
    Told told = engine.say(agent, "hi");
    assertThat(told.texts()).containsExactly("Hello.");
    assertThat(told.ended().reason()).isEqualTo(StopReason.END_TURN);
    assertThat(told.ended().steps()).isEqualTo(1);
    assertThat(engine.context(agent))
        .extracting(Message::role)
        .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT);
    assertThat(engine.context(agent).getFirst().text())
        .startsWith("You are a test.")
        .contains("<human>", "Name unknown.", "- AGENT_ID: " + agent.id());
  }

  @Test
  void toolsAreRunUntilTheModelAnswersAndTheirReturnsArePacked() {
    engine.script(
        "chain",
        """
        replies:
          - match: {from: user}
            tools: [{name: double, arguments: {x: '2'}}]
          - match: {tool: double, contains: '4'}
            tools: [{name: double, arguments: {x: '4'}}]
          - match: {tool: double, contains: '8'}
            text: It is 8.
        """);
    engine.code.put(
        "double",
        arguments ->
            new ToolOutcome.Success(
                TextNode.valueOf("" + 2 * arguments.path("x").asInt()), "printed", ""));
    Agent agent = engine.agent("letta_v1_agent", "chain", List.of(), "double");
    Told told = engine.say(agent, "go");
    assertThat(told.returns()).containsExactly("4", "8");
    assertThat(told.texts()).containsExactly("It is 8.");
    assertThat(told.ended().steps()).isEqualTo(3);
    assertThat(engine.context(agent))
        .extracting(Message::role)
        .containsExactly(
            Role.SYSTEM,
            Role.USER,
            Role.ASSISTANT,
            Role.TOOL,
            Role.ASSISTANT,
            Role.TOOL,
            Role.ASSISTANT);
  }

  @Test
  void aModelIsToldWhichFilesAToolMade() {
    engine.script(
        "draws",
        """
        replies:
          - match: {from: user}
            tools: [{name: draw, arguments: {}}]
          - match: {tool: draw, contains: '[file a.png, image/png, id file-7]'}
            text: Drawn.
        """);
    engine.code.put(
        "draw",
        arguments ->
            new ToolOutcome.Success(
                TextNode.valueOf("done"),
                "",
                "",
                List.of(Artifact.of("a.png", "iVBORw0KGgo=").keptAs("file-7"))));
    Agent agent = engine.agent("letta_v1_agent", "draws", List.of(), "draw");
    assertThat(engine.say(agent, "draw").texts()).containsExactly("Drawn.");
  }

  @Test
  void aMemoryEditIsJournaledWithItsStepAndChangesThePromptAtOnce() {
    engine.script(
        "learns",
        """
        replies:
          - match: {from: user}
            tools:
              - {name: memory_insert, arguments: {label: human, new_string: 'Name: Ada'}}
          - match: {tool: memory_insert, instructions: 'Name: Ada'}
            text: The prompt knows.
        """);
    Agent agent = engine.agent("letta_v1_agent", "learns", List.of(), "memory_insert");
    assertThat(engine.say(agent, "I am Ada").texts()).containsExactly("The prompt knows.");
    assertThat(engine.context(agent).getFirst().text()).contains("Name: Ada");
    String block = engine.memory.blocks.byLabel(A, agent.id(), "human").id();
    Entry entry = engine.memory.journal.history(A, query(block)).getFirst().entry();
    assertThat(entry.origin()).isEqualTo(Origin.MODEL);
    assertThat(entry.step()).isPresent();
    assertThat(entry.run()).isPresent();
  }

  @Test
  void memoryChangedFromOutsideIsInTheNextPromptAndThePromptIsElseKeptAsItIs() {
    engine.script("plain", "replies: [{text: Hm.}]");
    Agent agent = engine.agent("letta_v1_agent", "plain", List.of());
    engine.say(agent, "one");
    String first = engine.context(agent).getFirst().text();
    engine.say(agent, "two");
    assertThat(engine.context(agent).getFirst().text()).isEqualTo(first);
    engine.memory.edit(
        agent, new dev.mneme.memory.edit.TextEdit.Append("human", "Likes tea."), "run");
    engine.say(agent, "three");
    assertThat(engine.context(agent).getFirst().text()).contains("Likes tea.");
  }

  @Test
  void whatToolsGotWrongIsToldToTheModel() {
    engine.script(
        "wrong",
        """
        replies:
          - match: {step: 1}
            tools: [{name: nothing, arguments: {}}]
          - match: {step: 2}
            tools: [{name: memory_replace, arguments: {label: human, old_string: gone, new_string: x}}]
          - match: {step: 3}
            tools: [{name: memory_insert, arguments: 'no json'}]
          - match: {step: 4}
            tools: [{name: memory_insert, arguments: {label: nowhere, new_string: x}}]
          - match: {step: 5}
            tools: [{name: breaks, arguments: {}}]
          - text: Enough.
        """);
    engine.code.put(
        "breaks",
        _ ->
            new ToolOutcome.Failure(
                ToolOutcome.Reason.ERROR, "ZeroDivisionError: division by zero", "", "", ""));
    Agent agent =
        engine.agent(
            "letta_v1_agent", "wrong", List.of(), "memory_replace", "memory_insert", "breaks");
    Told told = engine.say(agent, "go");
    assertThat(told.returns())
        .hasSize(5)
        .allMatch(text -> text.startsWith("Error executing function "))
        .last()
        .isEqualTo("Error executing function breaks: ZeroDivisionError: division by zero");
    assertThat(told.returns().get(1)).contains("memory_replace: ValueError: ");
    assertThat(told.returns().get(3)).contains("memory_insert: KeyError: ");
    assertThat(told.texts()).containsExactly("Enough.");
  }

  @Test
  void theTurnEndsAfterSoManySteps() {
    engine.script("endless", "replies: [{tools: [{name: memory_finish_edits, arguments: {}}]}]");
    Agent agent = engine.agent("letta_v1_agent", "endless", List.of(), "memory_finish_edits");
    Told told = engine.say(agent, "go", 3);
    assertThat(told.ended().reason()).isEqualTo(StopReason.MAX_STEPS);
    assertThat(told.ended().steps()).isEqualTo(3);
    assertThat(told.returns()).containsExactly("None", "None", "None");
  }

  @Test
  void aFailingModelEndsTheRunAndTheAgentTakesTheNextMessage() {
    engine.script(
        "sick",
        """
        replies:
          - match: {contains: broke}
            fault: error
            status: 400
          - text: Well again.
        """);
    Agent agent = engine.agent("letta_v1_agent", "sick", List.of());
    Told told = engine.say(agent, "broke");
    assertThat(told.ended().reason()).isEqualTo(StopReason.LLM_API_ERROR);
    assertThat(told.events()).anyMatch(e -> e instanceof RunEvent.Failed);
    assertThat(engine.stored(agent)).extracting(Message::text).contains("broke");
    assertThat(engine.say(agent, "hello").texts()).containsExactly("Well again.");
    assertThat(engine.context(agent)).extracting(Message::text).doesNotContain("broke");
  }

  @Test
  void whatCannotBeAnsweredIsRefused() {
    engine.script("plain", "replies: [{text: Hm.}]");
    Agent agent = engine.agent("letta_v1_agent", "plain", List.of());
    SendRequest empty =
        new SendRequest(
            Conversation.of(agent.id()),
            List.of(),
            List.of(),
            1,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            dev.mneme.common.Json.mapper().createObjectNode());
    assertThatThrownBy(() -> engine.engine.send(A, empty))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("empty_input"));
    Agent other = engine.agent("letta_v1_agent", "missing", List.of());
    assertThatThrownBy(() -> engine.engine.send(A, engine.request(other, "hi", 1)))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("unknown_model"));
  }

  private static HistoryQuery query(String block) {
    return new HistoryQuery(
        Set.of(block), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 10);
  }
}
