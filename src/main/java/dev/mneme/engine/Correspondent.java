package dev.mneme.engine;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.MessageQuery;
import dev.mneme.message.Messages;
import dev.mneme.message.ToolReturn;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import dev.mneme.run.RunHistory;
import dev.mneme.run.RunStatus;
import dev.mneme.run.Runs;
import dev.mneme.run.StopReason;
import dev.mneme.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says something to an agent and waits for what it answers, or looks later. Thread-safe. */
public final class Correspondent {
  /** Who waits for longer than this wants to know that it takes long. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final Duration GLANCE = Duration.ofMillis(200);

  private final AgentEngine engine;
  private final Runs runs;
  private final RunHistory history;
  private final Database database;
  private final Messages messages;

  public Correspondent(
      AgentEngine engine, Runs runs, RunHistory history, Database database, Messages messages) {
    this.engine = engine;
    this.runs = runs;
    this.history = history;
    this.database = database;
    this.messages = messages;
  }

  /**
   * What an agent answered so far.
   *
   * @param texts all it said, in order
   * @param tools what it called, in order
   * @param stop absent while it is at work
   * @param error what made the run fail, where it did
   */
  public record Answer(
      String runId,
      String agentId,
      RunStatus status,
      List<String> texts,
      List<ToolReturn> tools,
      Optional<StopReason> stop,
      Optional<String> error) {
    public Answer {
      texts = List.copyOf(texts);
      tools = List.copyOf(tools);
    }
  }

  /** Hears of a run while somebody waits for it. */
  public interface Listener {
    /** A message the agent or its tools said. */
    void said(Message message);

    /** Once, when it takes longer than a moment. */
    void lasts(String runId);
  }

  /**
   * Waits until the agent has answered, but no longer than said: the run goes on then. Interrupting
   * the thread cancels the run.
   *
   * @throws MnemeException as {@link AgentEngine#send}; {@code cancelled} when interrupted
   */
  public Answer ask(
      Owner owner, Conversation conversation, String text, Duration atMost, Listener listener) {
    SendRequest request =
        SendRequest.of(conversation, Incoming.fromUser(text), SendRequest.MAX_STEPS);
    Run run = engine.send(owner, request);
    try {
      return await(owner, run, atMost, listener);
    } catch (InterruptedException _) {
      runs.cancel(owner, run.id());
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "The run was cancelled.");
    }
  }

  /**
   * What a run came to, waiting for its end no longer than said.
   *
   * @throws MnemeException {@code unknown_run}
   */
  public Answer look(Owner owner, String runId, Duration atMost, Listener listener) {
    Run run = history.get(owner, runId);
    if (run.status().ended()) {
      return stored(owner, run);
    }
    try {
      return await(owner, run, atMost, listener);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "Nobody waits for the run any more.");
    }
  }

  /**
   * A run as it is written down.
   *
   * @throws MnemeException {@code unknown_run}
   */
  public Run run(Owner owner, String runId) {
    return history.get(owner, runId);
  }

  /** Stops a run; false when it had ended already. */
  public boolean cancel(Owner owner, String runId) {
    return runs.cancel(owner, runId);
  }

  private Answer await(Owner owner, Run run, Duration atMost, Listener listener)
      throws InterruptedException {
    RunFollower follower = runs.follow(owner, run.id(), 0);
    List<String> texts = new ArrayList<>();
    List<ToolReturn> tools = new ArrayList<>();
    Optional<String> error = Optional.empty();
    long start = System.nanoTime();
    boolean lasts = false;
    while (true) {
      Optional<RunFollower.Numbered> next = follower.next(GLANCE);
      long waited = System.nanoTime() - start;
      if (!lasts && waited > MOMENT.toNanos()) {
        lasts = true;
        listener.lasts(run.id());
      }
      if (next.isEmpty()) {
        if (waited > atMost.toNanos()) {
          return new Answer(
              run.id(), run.agentId(), RunStatus.RUNNING, texts, tools, Optional.empty(), error);
        }
        continue;
      }
      switch (next.get().event()) {
        case RunEvent.Said said -> {
          texts.addAll(Couriers.spoken(said.message()));
          tools.addAll(said.message().toolReturns());
          listener.said(said.message());
        }
        case RunEvent.Failed failed -> error = Optional.of(failed.message());
        case RunEvent.Ended ended -> {
          return new Answer(
              run.id(),
              run.agentId(),
              ended.reason().status(),
              texts,
              tools,
              Optional.of(ended.reason()),
              error);
        }
        default -> {}
      }
    }
  }

  private Answer stored(Owner owner, Run run) {
    MessageQuery query =
        new MessageQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.of(run.id()),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            true,
            MessageQuery.MAX);
    List<Message> said = database.scope(owner).read(reads -> messages.list(reads, query));
    return new Answer(
        run.id(),
        run.agentId(),
        run.status(),
        said.stream().flatMap(message -> Couriers.spoken(message).stream()).toList(),
        said.stream().flatMap(message -> message.toolReturns().stream()).toList(),
        run.stopReason(),
        Optional.ofNullable(run.metadata().at("/error/message").textValue()));
  }
}
