package dev.mneme.engine;

import dev.mneme.model.ChatUsage;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunTask;
import dev.mneme.run.RunWork;
import dev.mneme.run.StopReason;
import java.util.List;

/** Room made in a context because somebody asked for it. */
record Compaction(AgentEngine engine, SendRequest request, AgentProfile profile)
    implements RunTask {
  @Override
  public RunEvent.Ended work(RunWork work) {
    String agentId = profile.agent().id();
    StaleMark stale = engine.staleness().watch(agentId);
    try {
      Session session =
          engine
              .loader()
              .load(
                  work.owner(),
                  work.run(),
                  new Assignment(
                      request, profile, engine.open(profile, request), List.of(), List.of(agentId)),
                  stale,
                  new Tally());
      engine.compactor().compact(session, work, Compactor.REQUESTED, 0);
      return new RunEvent.Ended(StopReason.END_TURN, ChatUsage.NONE, 0, 0);
    } catch (PromptOverflow e) {
      work.tell(new RunEvent.Failed(PromptOverflow.CODE, e.message()));
      return new RunEvent.Ended(
          StopReason.CONTEXT_WINDOW_OVERFLOW_IN_SYSTEM_PROMPT, ChatUsage.NONE, 0, 0);
    } finally {
      engine.staleness().end(agentId, stale);
    }
  }
}
