package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.TestingMemory;
import dev.mneme.agent.ToolRule;
import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.engine.turn.TurnSettings;
import dev.mneme.engine.turn.Turns;
import dev.mneme.message.Message;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import dev.mneme.run.Step;
import dev.mneme.run.StepQuery;
import dev.mneme.tool.ToolOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** An engine whose agents are thought for by a test. */
public final class TestingTurns implements AutoCloseable {
  private final TestingEngine engine;
  public final Turns turns;
  public final Correspondent correspondent;

  public TestingTurns(Path folder, TurnSettings settings) {
    engine = new TestingEngine(folder);
    turns =
        new Turns(
            engine.engine,
            engine.runs,
            new Ids(new Random(), Clock.systemUTC()),
            Clock.systemUTC(),
            settings);
    correspondent =
        new Correspondent(
            engine.engine,
            engine.runs,
            new RunHistory(engine.memory.database),
            engine.memory.database,
            engine.messages);
  }

  public TestingMemory memory() {
    return engine.memory;
  }

  /** An agent of the default owner on a scripted model, which need not be there. */
  public Agent agent(String type, String script, List<ToolRule> rules, String... tools) {
    return engine.agent(type, script, rules, tools);
  }

  public void script(String name, String yaml) {
    engine.script(name, yaml);
  }

  public void code(String tool, Function<ObjectNode, ToolOutcome> code) {
    engine.code.put(tool, code);
  }

  public List<Message> context(Agent agent) {
    return engine.context(agent);
  }

  /** All messages there ever were, oldest first. */
  public List<Message> stored(Agent agent) {
    return engine.stored(agent);
  }

  public Run run(String id) {
    return new RunHistory(engine.memory.database).get(Owner.DEFAULT, id);
  }

  public List<Step> steps(String runId) {
    return new RunHistory(engine.memory.database).steps(Owner.DEFAULT, StepQuery.ofRun(runId));
  }

  public boolean isBusy(Agent agent) {
    return engine
        .runs
        .active(Owner.DEFAULT, dev.mneme.message.Conversation.of(agent.id()))
        .isPresent();
  }

  @Override
  public void close() {
    engine.close();
  }
}
