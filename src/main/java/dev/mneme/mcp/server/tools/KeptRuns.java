package dev.mneme.mcp.server.tools;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.Correspondent;
import dev.mneme.engine.Correspondent.Answer;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.message.Message;
import dev.mneme.run.Run;
import dev.mneme.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Runs of agents as work that is written down. Thread-safe. */
final class KeptRuns implements KeptWork {
  private static final Correspondent.Listener NOBODY =
      new Correspondent.Listener() {
        @Override
        public void said(Message message) {}

        @Override
        public void lasts(String runId) {}
      };

  private final Correspondent correspondent;
  private final BiFunction<Owner, Answer, ToolReply> reply;

  /**
   * @param reply what the call that began a run would have been answered
   */
  KeptRuns(Correspondent correspondent, BiFunction<Owner, Answer, ToolReply> reply) {
    this.correspondent = correspondent;
    this.reply = reply;
  }

  @Override
  public Optional<Kept> find(Owner owner, Optional<String> alone, String id) {
    Run run;
    Answer answer;
    try {
      run = correspondent.run(owner, id);
      answer = correspondent.look(owner, id, Duration.ZERO, NOBODY);
    } catch (MnemeException _) {
      return Optional.empty();
    }
    if (alone.isPresent() && !alone.get().equals(run.agentId())) {
      return Optional.empty();
    }
    Instant created = run.createdAt();
    return Optional.of(
        new Kept(
            created,
            run.completedAt().orElse(created),
            state(answer.status()),
            answer.status().ended() && answer.status() != RunStatus.CANCELLED
                ? Optional.of(reply.apply(owner, answer))
                : Optional.empty()));
  }

  @Override
  public void cancel(Owner owner, String id) {
    correspondent.cancel(owner, id);
  }

  private static State state(RunStatus status) {
    if (!status.ended()) {
      return State.WORKING;
    }
    return status == RunStatus.CANCELLED ? State.CANCELLED : State.COMPLETED;
  }
}
