package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.engine.TestingEngine.Told;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that ask each other. */
class AgentsTalkTest {
  private static final String ASK = "send_message_to_agent_and_wait_for_reply";

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

  private void asking(String script, Agent other) {
    engine.script(
        script,
        """
        replies:
          - match: {step: 1}
            tools: [{name: %s, arguments: {other_agent_id: %s, message: What is it then}}]
          - text: 'I was told: {{text}}'
        """
            .formatted(ASK, other.id()));
  }

  @Test
  void anAgentGetsTheAnswerOfAnother() {
    engine.script("knows", "replies: [{match: {contains: What is it}, text: It is 42.}]");
    Agent knowing = engine.agent("letta_v1_agent", "knows", List.of());
    asking("asks", knowing);
    Agent agent = engine.agent("letta_v1_agent", "asks", List.of(), ASK);
    Told told = engine.say(agent, "go");
    assertThat(told.returns().getFirst()).contains("It is 42.", knowing.id());
    assertThat(engine.context(knowing).get(1).senderId()).contains(agent.id());
  }

  @Test
  void agentsThatWouldWaitForEachOtherAreToldSo() {
    Agent one = engine.agent("letta_v1_agent", "one", List.of(), ASK);
    Agent two = engine.agent("letta_v1_agent", "two", List.of(), ASK);
    asking("one", two);
    asking("two", one);
    Told told = engine.say(one, "go");
    assertThat(told.texts().getFirst()).contains("waiting for an answer from here itself");
  }

  @Test
  void aChainOfQuestionsEndsAtItsDepth() {
    Agent last = engine.agent("letta_v1_agent", "plain", List.of());
    engine.script("plain", "replies: [{text: The end.}]");
    Agent next = last;
    for (String name : List.of("d", "c", "b", "a")) {
      asking(name, next);
      next = engine.agent("letta_v1_agent", name, List.of(), ASK);
    }
    assertThat(engine.say(next, "go").texts().getFirst())
        .contains("at most 3 agents may wait")
        .doesNotContain("The end.");
  }
}
