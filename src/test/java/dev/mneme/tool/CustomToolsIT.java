package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.graalpy.GraalPySandbox;
import dev.mneme.sandbox.graalpy.PackagedWorkers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tools that came as source, read and run as the product does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomToolsIT {
  private static final Owner ME = Owner.DEFAULT;
  private static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofMinutes(2), Duration.ofMinutes(2), 100_000, 1_000_000);

  private GraalPySandbox sandbox;
  private TestingTools world;
  private CustomTools custom;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
    world = new TestingTools(folder, new BackendSchemaReader(sandbox));
    custom = new CustomTools(world.tools, sandbox, LIMITS);
  }

  @AfterAll
  void close() {
    world.close();
    sandbox.close();
  }

  @Test
  void argumentsBecomeWhatTheAnnotationsAskFor() {
    StoredTool tool =
        world.tools.create(
            ME,
            ToolDraft.of(
                """
                from dataclasses import dataclass
                from typing import Optional

                @dataclass
                class Point:
                    \"""A point.

                    Attributes:
                        x: across
                        y: up
                    \"""
                    x: int
                    y: int = 2

                def helper(a):
                    return a

                def add_up(point: Point, times: int, note: Optional[str] = None) -> dict:
                    \"""Adds up.

                    Args:
                        point: where
                        times: how often
                        note: what else
                    \"""
                    print("adding")
                    return {"sum": (point.x + point.y) * times, "note": note}
                """));
    assertThat(tool.name()).isEqualTo("add_up");
    CustomOutcome outcome =
        custom.call(
            Caller.of(ME), tool, json("{\"point\": {\"x\": 3}, \"times\": 2}"), CallContext.NONE);
    assertThat(outcome.text()).isEqualTo("{\"sum\":10,\"note\":null}");
    assertThat(outcome.stdout()).isEqualTo("adding\n");
    assertThat(outcome.isError()).isFalse();
  }

  @Test
  void theAgentIsGivenAndWhatChangesOfItsMemoryIsTold() {
    StoredTool tool =
        world.tools.create(
            ME,
            ToolDraft.of(
                """
                def note_down(text: str, agent_id: str, agent_state: "AgentState") -> str:
                    \"""Notes.

                    Args:
                        text: what
                        agent_id: given
                    \"""
                    block = agent_state.memory.get_block("human")
                    agent_state.memory.update_block_value("human", block.value + text)
                    return f"{agent_id} {agent_state.name} {agent_state.memory.list_block_labels()}"
                """));
    assertThat(tool.schema().at("/parameters/properties").propertyStream().map(Map.Entry::getKey))
        .containsExactly("text");
    ObjectNode agent =
        json(
            """
            {"id": "agent-1", "name": "Ada", "blocks": [
              {"label": "human", "value": "Bob", "limit": 100},
              {"label": "persona", "value": "Ada"}]}
            """);
    CustomOutcome outcome =
        custom.call(
            Caller.of(ME),
            tool,
            json("{\"text\": \" likes tea\"}"),
            new CallContext(Map.of(), Optional.of(agent), ToolListener.NONE));
    assertThat(outcome.text()).isEqualTo("agent-1 Ada ['human', 'persona']");
    assertThat(outcome.blocks()).isEqualTo(Map.of("human", "Bob likes tea"));
  }

  @Test
  void theEnvironmentIsSeenByTheCodeAndItsSecretsByNobodyElse() {
    String source =
        """
        import os

        def peek(key: str) -> str:
            \"""Looks.

            Args:
                key: which
            \"""
            print(os.environ[key])
            if os.getenv("LETTA_AGENT_ID") != "agent-1" or os.getenv("NO_SUCH", "x") != "x":
                raise ValueError("no")
            return f"{len(os.environ[key])} {os.environ[key]}"
        """;
    CallContext context =
        new CallContext(
            Map.of("API_KEY", "very-secret-value", "LETTA_AGENT_ID", "agent-1"),
            Optional.empty(),
            ToolListener.NONE);
    CustomOutcome outcome =
        custom.call(Caller.of(ME), ToolDraft.of(source), json("{\"key\": \"API_KEY\"}"), context);
    assertThat(outcome.text()).isEqualTo("17 [secret]");
    assertThat(outcome.stdout()).isEqualTo("[secret]\n");
    assertThat(context.toString()).doesNotContain("very-secret-value");
    CustomOutcome none =
        custom.call(
            Caller.of(ME), ToolDraft.of(source), json("{\"key\": \"API_KEY\"}"), CallContext.NONE);
    assertThat(none.isError()).isTrue();
    assertThat(none.text()).contains("KeyError");
  }

  @Test
  void aLongAnswerIsCutAndSaysSo() {
    ToolDraft draft =
        ToolDraft.of("def much() -> str:\n    \"\"\"Says much.\"\"\"\n    return 'x' * 60000\n");
    CustomOutcome outcome = custom.call(Caller.of(ME), draft, json("{}"), CallContext.NONE);
    assertThat(outcome.text()).startsWith("xxx").contains("60000 characters > 50000");
    assertThat(outcome.text().length()).isLessThan(50_200);
  }

  @Test
  void anErrorIsToldWithItsLine() {
    ToolDraft draft =
        ToolDraft.of(
            "def fail() -> str:\n    \"\"\"Fails.\"\"\"\n    raise ValueError('no luck')\n");
    CustomOutcome outcome = custom.call(Caller.of(ME), draft, json("{}"), CallContext.NONE);
    assertThat(outcome.isError()).isTrue();
    assertThat(outcome.reason()).contains(ToolOutcome.Reason.ERROR);
    assertThat(outcome.text()).contains("ValueError").contains("no luck");
    assertThat(outcome.stderr()).contains("line 3");
  }

  @Test
  void aSourceIsReadAndNotRun() {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() ->
            world.tools.create(ME, ToolDraft.of("raise SystemExit\n\ndef bad(x):\n    return x\n")))
        .returns("invalid_tool_source", MnemeException::code)
        .satisfies(e -> assertThat(e.message()).contains(":3:").contains("docstring"));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }
}
