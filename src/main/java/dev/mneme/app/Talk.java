package dev.mneme.app;

import dev.mneme.agent.AgentSecrets;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.LastRun;
import dev.mneme.common.Ids;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.MessageListener;
import dev.mneme.message.Messages;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import dev.mneme.run.RunSettings;
import dev.mneme.run.Runs;
import dev.mneme.run.StopReason;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import dev.mneme.tool.BuiltIns;
import dev.mneme.tool.CustomTools;
import dev.mneme.tool.OutsideTools;
import dev.mneme.tool.StoredTools;
import dev.mneme.tool.ToolLimits;
import java.security.SecureRandom;
import java.time.Clock;

/** What agents talk and work with, and what is kept of it. */
record Talk(
    Messages messages,
    Runs runs,
    RunHistory history,
    AgentSecrets secrets,
    StoredTools tools,
    CustomTools custom)
    implements AutoCloseable {

  /**
   * Opens all of it; runs that a crash cut off are ended here.
   *
   * @param outside the tools of other servers
   * @param messages told that there are others
   */
  static Talk of(
      Config config,
      Database database,
      AgentService agents,
      ToolBench bench,
      OutsideTools outside,
      MessageListener messages,
      SecretBox box,
      SecureRandom random) {
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(random, clock);
    RunSettings settings =
        RunSettings.of(config.agents().whenBusy() == AgentsConfig.WhenBusy.QUEUE);
    Runs runs =
        new Runs(
            database, ids, clock, settings, (tx, run) -> agents.ran(tx, run.agentId(), last(run)));
    runs.recover();
    ToolLimits limits = Sandboxes.limits(config.sandbox());
    StoredTools tools =
        new StoredTools(
            database,
            bench.reader(),
            limits,
            bench.registry(),
            new BuiltIns(),
            outside,
            (tx, toolId) -> detach(agents, tx, toolId),
            ids,
            clock);
    Messages said = new Messages(messages);
    agents.removeWith(said::removeAgent);
    agents.removeWith(runs::removeAgent);
    return new Talk(
        said,
        runs,
        new RunHistory(database),
        new AgentSecrets(database, box, ids),
        tools,
        new CustomTools(tools, bench.gate(), limits));
  }

  /** Cancels what is under way. */
  @Override
  public void close() {
    runs.close();
  }

  private static void detach(AgentService agents, Tx tx, String toolId) {
    agents.detachTool(tx, toolId, Change.by("tools", Origin.USER));
  }

  private static LastRun last(Run run) {
    return new LastRun(
        run.completedAt(), run.durationNanos(), run.stopReason().map(StopReason::text));
  }
}
