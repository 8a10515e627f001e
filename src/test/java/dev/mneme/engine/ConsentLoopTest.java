package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.StopReason;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A turn that waits for a person's consent goes on when there is an answer. */
class ConsentLoopTest {
  private static final ConsentReply YES =
      new ConsentReply(Optional.empty(), true, Optional.empty());
  private static final ConsentReply NO =
      new ConsentReply(Optional.empty(), false, Optional.of("not today"));

  @TempDir Path folder;
  private final AtomicInteger deleted = new AtomicInteger();
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
    engine.code.put("look", _ -> new ToolOutcome.Success(TextNode.valueOf("three files"), "", ""));
    engine.code.put(
        "delete",
        _ -> {
          deleted.incrementAndGet();
          return new ToolOutcome.Success(TextNode.valueOf("gone"), "", "");
        });
    engine.script(
        "careful",
        """
        replies:
          - match: {tool: delete, failed: true}
            text: 'Then I leave it: {{text}}'
          - match: {tool: delete}
            text: 'Done: {{text}}'
          - match: {contains: tidy}
            tools: [{name: delete, arguments: {}}]
            times: 1
          - match: {contains: both}
            tools: [{name: look, arguments: {}}, {name: delete, arguments: {}}]
            times: 1
          - match: {contains: clean}
            tools: [{name: delete, arguments: {request_heartbeat: true}}]
            times: 1
          - text: Hello.
        """);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"letta_v1_agent", "workflow_agent"})
  void whatIsAgreedToIsRunOnceAndTheModelGoesOn(String type) {
    Agent agent = agent(type);
    assertThat(engine.say(agent, "clean up").ended().reason())
        .isEqualTo(StopReason.REQUIRES_APPROVAL);
    assertThat(deleted).hasValue(0);

    Told told = engine.answer(agent, YES);

    assertThat(deleted).hasValue(1);
    assertThat(told.returns()).containsExactly("gone");
    assertThat(told.texts()).singleElement().asString().startsWith("Done: ").contains("gone");
    assertThat(told.ended().reason()).isIn(StopReason.END_TURN, StopReason.NO_TOOL_CALL);
    refused(agent, "no_pending_approval", YES);
    assertThat(engine.say(agent, "hi").texts()).containsExactly("Hello.");
    assertThat(deleted).hasValue(1);
  }

  @Test
  void whatIsRefusedIsNotRunAndTheModelReadsWhy() {
    Agent agent = agent("letta_v1_agent");
    engine.say(agent, "clean up");

    Told told = engine.answer(agent, NO);

    assertThat(deleted).hasValue(0);
    assertThat(told.texts())
        .singleElement()
        .asString()
        .startsWith("Then I leave it: ")
        .contains("denied. User reason: not today");
    assertThat(engine.say(agent, "hi").texts()).containsExactly("Hello.");
  }

  @Test
  void aHeartbeatAgentReadsARefusalToo() {
    Agent agent = agent("memgpt_v2_agent");
    engine.say(agent, "tidy up");

    Told told = engine.answer(agent, NO);

    assertThat(deleted).hasValue(0);
    assertThat(told.texts()).singleElement().asString().contains("Then I leave it");
  }

  @Test
  void aTurnThatEndsAfterItsCallEndsAfterTheAgreedCallToo() {
    engine.script("short", "replies: [{tools: [{name: delete, arguments: {}}]}]");
    Agent agent =
        engine.agent(
            "memgpt_v2_agent", "short", List.of(new ToolRule.RequiresApproval("delete")), "delete");
    engine.say(agent, "clean up");

    assertThat(engine.answer(agent, YES).ended().reason()).isEqualTo(StopReason.END_TURN);
    assertThat(deleted).hasValue(1);
  }

  @Test
  void whatWasHeldBackIsRunToo() {
    Agent agent = agent("letta_v1_agent");
    assertThat(engine.say(agent, "both").returns()).isEmpty();

    Told told = engine.answer(agent, pending(agent, true));

    assertThat(told.returns()).containsExactly("three files", "gone");
    assertThat(told.ended().reason()).isEqualTo(StopReason.END_TURN);
  }

  @Test
  void eachCallThatWaitsNeedsOneAnswer() {
    Agent agent = agent("letta_v1_agent");
    refused(agent, "no_pending_approval", YES);
    engine.say(agent, "clean up");
    ConsentReply right = pending(agent, true);
    ConsentReply wrong = new ConsentReply(Optional.of("call_none"), true, Optional.empty());

    refused(agent, "approval_mismatch", wrong);
    refused(agent, "approval_mismatch", right, wrong);
    refused(agent, "approval_mismatch", right, YES);
    assertThat(deleted).hasValue(0);
    assertThat(engine.answer(agent, right).returns()).containsExactly("gone");
  }

  private Agent agent(String type) {
    return engine.agent(
        type, "careful", List.of(new ToolRule.RequiresApproval("delete")), "look", "delete");
  }

  private ConsentReply pending(Agent agent, boolean approve) {
    Message asked = engine.context(agent).getLast();
    assertThat(asked.role()).isEqualTo(Role.APPROVAL);
    return new ConsentReply(
        asked.toolRequests().stream().map(ToolRequest::id).findFirst(), approve, Optional.empty());
  }

  private void refused(Agent agent, String code, ConsentReply... replies) {
    assertThatThrownBy(() -> engine.answer(agent, replies))
        .isInstanceOfSatisfying(MnemeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
