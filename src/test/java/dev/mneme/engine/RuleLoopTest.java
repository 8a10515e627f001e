package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.run.StopReason;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tool rules as a running agent meets them. */
class RuleLoopTest {
  @TempDir Path folder;
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
    for (String name : List.of("one", "two", "three")) {
      engine.code.put(
          name,
          arguments ->
              new ToolOutcome.Success(
                  TextNode.valueOf(name + arguments.path("x").asText("")), "", ""));
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Told run(List<ToolRule> rules, String... calls) {
    StringBuilder yaml = new StringBuilder("replies:\n");
    for (int i = 0; i < calls.length; i++) {
      yaml.append("  - match: {step: " + (i + 1) + "}\n");
      yaml.append("    tools: [{name: " + calls[i] + ", arguments: {}}]\n");
    }
    yaml.append("  - text: Done.\n");
    engine.script("calls", yaml.toString());
    Agent agent = engine.agent("letta_v1_agent", "calls", rules, "one", "two", "three");
    return engine.say(agent, "go");
  }

  @Test
  void aCallOutOfTurnIsNotRunAndTheModelIsToldWhy() {
    Told told = run(List.of(new ToolRule.RunFirst("one", Optional.empty())), "two", "one", "two");
    assertThat(told.returns().getFirst())
        .startsWith("[ToolConstraintError] Cannot call two, valid tools include: [one]")
        .contains("one has to be the first tool called");
    assertThat(told.returns().subList(1, 3)).containsExactly("one", "two");
    assertThat(told.texts()).containsExactly("Done.");
  }

  @Test
  void argumentsOfARuleWinOverTheModels() {
    Told told = run(List.of(new ToolRule.RunFirst("one", Optional.of(Map.of("x", "!")))), "one");
    assertThat(told.returns()).containsExactly("one!");
  }

  @Test
  void argumentsOfARuleThatTheToolDoesNotTakeEndTheTurn() {
    Told told = run(List.of(new ToolRule.RunFirst("one", Optional.of(Map.of("y", "!")))), "one");
    assertThat(told.ended().reason()).isEqualTo(StopReason.INVALID_TOOL_CALL);
  }

  @Test
  void anExitToolEndsTheTurnUnlessAnotherIsRequiredBefore() {
    assertThat(run(List.of(new ToolRule.ExitLoop("one")), "one", "two").ended().reason())
        .isEqualTo(StopReason.TOOL_RULE);
    Told told =
        run(
            List.of(new ToolRule.ExitLoop("one"), new ToolRule.RequiredBeforeExit("two")),
            "one",
            "two",
            "one",
            "three");
    assertThat(told.returns()).containsExactly("one", "two", "one");
    assertThat(told.ended().reason()).isEqualTo(StopReason.TOOL_RULE);
  }

  @Test
  void aReplyWithoutTheRequiredToolDoesNotEndTheTurn() {
    engine.script(
        "forgets",
        """
        replies:
          - match: {step: 1}
            text: I am done.
          - match: {step: 2}
            tools: [{name: one, arguments: {}}]
          - text: Now I am.
        """);
    Agent agent =
        engine.agent(
            "letta_v1_agent", "forgets", List.of(new ToolRule.RequiredBeforeExit("one")), "one");
    Told told = engine.say(agent, "go", 4);
    assertThat(told.returns()).containsExactly("one");
    assertThat(told.texts()).contains("I am done.");
  }

  @Test
  void aToolThatNeedsConsentStopsTheTurnAndBlocksTheConversation() {
    engine.script(
        "asks",
        """
        replies:
          - tools: [{name: one, arguments: {}}, {name: two, arguments: {}}]
        """);
    Agent agent =
        engine.agent(
            "letta_v1_agent", "asks", List.of(new ToolRule.RequiresApproval("two")), "one", "two");
    Told told = engine.say(agent, "go");
    assertThat(told.ended().reason()).isEqualTo(StopReason.REQUIRES_APPROVAL);
    assertThat(told.returns()).isEmpty();
    assertThat(told.said())
        .extracting(Message::role)
        .containsExactly(Role.ASSISTANT, Role.APPROVAL);
    assertThatThrownBy(() -> engine.say(agent, "and now?"))
        .isInstanceOfSatisfying(
            MnemeException.class, e -> assertThat(e.code()).isEqualTo("pending_approval"));
    Conversation conversation = Conversation.of(agent.id());
    assertThat(engine.engine.dismissPending(TestingEngine.A, conversation)).isTrue();
    assertThat(engine.engine.dismissPending(TestingEngine.A, conversation)).isFalse();
    assertThat(engine.say(agent, "and now?").ended().reason())
        .isEqualTo(StopReason.REQUIRES_APPROVAL);
  }
}
