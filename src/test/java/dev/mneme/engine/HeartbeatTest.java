package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.agent.Agent;
import dev.mneme.agent.ToolRule;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import dev.mneme.run.StopReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents whose every reply calls a tool, and that go on while they ask for it. */
class HeartbeatTest {
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
  void theTurnGoesOnWhileAHeartbeatIsAskedForAndThoughtsAreKeptApart() {
    engine.script(
        "beats",
        """
        replies:
          - match: {step: 1}
            tools:
              - name: memory_finish_edits
                arguments: {thinking: Let me look., request_heartbeat: true}
          - tools: [{name: send_message, arguments: {thinking: Done., message: Hello.}}]
        """);
    Agent agent =
        engine.agent(
            "memgpt_agent",
            "beats",
            List.of(new ToolRule.ExitLoop("send_message")),
            "send_message",
            "memory_finish_edits");
    Told told = engine.say(agent, "hi");
    assertThat(told.ended().reason()).isEqualTo(StopReason.TOOL_RULE);
    assertThat(told.ended().steps()).isEqualTo(2);
    assertThat(told.returns()).containsExactly("None", "Sent message successfully.");
    assertThat(told.said().getFirst().content())
        .singleElement()
        .isInstanceOfSatisfying(
            Content.Reasoning.class, r -> assertThat(r.reasoning()).isEqualTo("Let me look."));
    assertThat(told.said().getFirst().toolRequests().getFirst().arguments())
        .doesNotContain("thinking");
    Message heartbeat =
        engine.context(agent).stream().filter(Message::hidden).findFirst().orElseThrow();
    assertThat(heartbeat.role()).isEqualTo(Role.USER);
    assertThat(heartbeat.text()).contains("\"type\": \"heartbeat\"");
  }

  @Test
  void withoutAHeartbeatTheTurnEndsAndWithoutAToolItFails() {
    engine.script(
        "once",
        """
        replies:
          - match: {contains: tool}
            tools: [{name: memory_finish_edits, arguments: {request_heartbeat: false}}]
          - text: Only text.
        """);
    Agent agent = engine.agent("memgpt_agent", "once", List.of(), "memory_finish_edits");
    assertThat(engine.say(agent, "a tool").ended().reason()).isEqualTo(StopReason.END_TURN);
    Told told = engine.say(agent, "words");
    assertThat(told.ended().reason()).isEqualTo(StopReason.NO_TOOL_CALL);
    assertThat(told.texts()).containsExactly("Only text.");
  }

  @Test
  void onlyOneToolIsCalledInAStep() {
    engine.script(
        "many",
        """
        replies:
          - tools:
              - {name: send_message, arguments: {message: one}}
              - {name: send_message, arguments: {message: two}}
        """);
    Agent agent = engine.agent("memgpt_agent", "many", List.of(), "send_message");
    assertThat(engine.say(agent, "hi").returns()).hasSize(1);
  }
}
