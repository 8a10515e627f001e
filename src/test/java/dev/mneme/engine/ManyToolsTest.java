package dev.mneme.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.TestingEngine.Told;
import dev.mneme.engine.prompt.AgentType.Loop;
import dev.mneme.engine.rules.RuleState;
import dev.mneme.model.ToolSpec;
import dev.mneme.run.StopReason;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent with more tools than its model is shown. */
class ManyToolsTest {
  private static final String[] MANY =
      IntStream.range(0, TestingEngine.MAX_LISTED + 2)
          .mapToObj(i -> "thing" + i + "_get")
          .toArray(String[]::new);
  @TempDir Path folder;
  private TestingEngine engine;

  @BeforeEach
  void open() {
    engine = new TestingEngine(folder);
    for (String name : MANY) {
      engine.code.put(
          name,
          arguments -> {
            if (arguments.path("x").isNumber()) {
              throw MnemeException.invalid("invalid_arguments", "x is no text");
            }
            return new ToolOutcome.Success(
                TextNode.valueOf(name + " of " + arguments.path("x").asText()), "", "");
          });
    }
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Told run(String type, List<ToolRule> rules, String... replies) {
    StringBuilder yaml = new StringBuilder("replies:\n");
    for (int i = 0; i < replies.length; i++) {
      yaml.append("  - match: {step: ").append(i + 1).append("}\n");
      yaml.append("    tools: [").append(replies[i]).append("]\n");
    }
    yaml.append("  - text: Done.\n");
    engine.script("calls", yaml.toString());
    String[] tools =
        Stream.concat(Stream.of(MANY), Stream.of("send_message", "memory_insert"))
            .toArray(String[]::new);
    Agent agent = engine.agent(type, "calls", rules, tools);
    return engine.say(agent, "go");
  }

  private static String through(String name, String arguments) {
    return "{name: call_tool, arguments: {name: " + name + ", arguments: " + arguments + "}}";
  }

  @Test
  void aModelFindsAToolAndCallsIt() {
    Told told =
        run(
            "letta_v1_agent",
            List.of(),
            "{name: search_tools, arguments: {query: thing7, limit: 1}}",
            through("thing7_get", "{x: seven}"));

    assertThat(told.returns())
        .satisfiesExactly(
            found -> assertThat(found).contains("def thing7_get(*, x: str = ...)"),
            returned -> assertThat(returned).contains("thing7_get of seven"));
    assertThat(told.texts()).contains("Done.");
    assertThat(told.said().stream().flatMap(m -> m.toolReturns().stream()))
        .extracting(r -> r.tool())
        .containsExactly("search_tools", "call_tool");
  }

  @Test
  void aSearchNeverEndsATurnWithHeartbeats() {
    Told told =
        run(
            "memgpt_v2_agent",
            List.of(),
            "{name: search_tools, arguments: {query: thing7, limit: 1}}",
            through("thing7_get", "{x: seven}"));

    assertThat(told.returns()).hasSize(2).last().asString().contains("thing7_get of seven");
  }

  @Test
  void aWrongCallNamesTheToolAndShowsItsSchema() {
    Told told =
        run(
            "letta_v1_agent",
            List.of(),
            through("thing7_get", "{x: 7}"),
            through("get_thing7", "{}"),
            through("memory_insert", "{}"));

    assertThat(told.returns())
        .satisfiesExactly(
            misfit ->
                assertThat(misfit)
                    .contains("Error executing function thing7_get", "x is no text", "JSON Schema"),
            unknown -> assertThat(unknown).contains("NameError", "thing7_get"),
            shown -> assertThat(shown).contains("call it by its own name"));
  }

  @Test
  void aToolThatARuleNamesIsShownAndAskedForAsEver() {
    Told told =
        run(
            "letta_v1_agent",
            List.of(new ToolRule.RequiresApproval("thing7_get")),
            through("thing7_get", "{x: seven}"),
            "{name: thing7_get, arguments: {x: seven}}");

    assertThat(told.returns()).singleElement().asString().contains("call it by its own name");
    assertThat(told.ended().reason()).isEqualTo(StopReason.REQUIRES_APPROVAL);
  }

  @Test
  void aModelIsShownBuiltInAndRuledToolsAndTheTwoThatFindTheOthers() {
    Agent agent = engine.agent("letta_v1_agent", "x", List.of(), "send_message");
    List<StoredTool> builtIn =
        engine.tools.ofIds(dev.mneme.common.Owner.DEFAULT, agent.settings().toolIds());
    RuleState rules = new RuleState(List.of(new ToolRule.MaxCount("thing3_get", 1)));

    assertThat(shown(builtIn, rules, TestingEngine.MAX_LISTED - 1))
        .containsExactly("send_message", "thing3_get", "search_tools", "call_tool");
    assertThat(shown(builtIn, rules, MANY.length)).hasSize(1 + MANY.length);
  }

  private List<String> shown(List<StoredTool> builtIn, RuleState rules, int most) {
    List<StoredTool> all =
        Stream.concat(builtIn.stream(), Stream.of(MANY).map(engine::tool)).toList();
    Toolbox box = new Toolbox(all, Loop.PLAIN, false, rules, most);
    return box.specs(List.copyOf(box.names())).stream().map(ToolSpec::name).toList();
  }
}
