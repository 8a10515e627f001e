package dev.mneme.engine;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import dev.mneme.run.Runs;
import dev.mneme.run.StopReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Says something to an agent and waits for what it answers. Thread-safe. */
public final class Correspondent {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AgentEngine engine;
  private final Runs runs;

  public Correspondent(AgentEngine engine, Runs runs) {
    this.engine = engine;
    this.runs = runs;
  }

  /**
   * What an agent answered.
   *
   * @param texts all it said, in order
   * @param tools what it called, in order
   * @param error what made the run fail, where it did
   */
  public record Answer(
      String runId,
      List<String> texts,
      List<ToolReturn> tools,
      StopReason stop,
      Optional<String> error) {
    public Answer {
      texts = List.copyOf(texts);
      tools = List.copyOf(tools);
    }
  }

  /**
   * Waits until the agent has answered; interrupting the thread cancels the run.
   *
   * @param listener hears each message the agent or its tools said
   * @throws MnemeException as {@link AgentEngine#send}; {@code cancelled} when interrupted
   */
  public Answer ask(
      Owner owner, Conversation conversation, String text, Consumer<Message> listener) {
    SendRequest request =
        SendRequest.of(conversation, Incoming.fromUser(text), SendRequest.MAX_STEPS);
    Run run = engine.send(owner, request);
    try {
      return answer(run, runs.follow(owner, run.id(), 0), listener);
    } catch (InterruptedException _) {
      runs.cancel(owner, run.id());
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", "The run was cancelled.");
    }
  }

  private static Answer answer(Run run, RunFollower follower, Consumer<Message> listener)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    List<ToolReturn> tools = new ArrayList<>();
    Optional<String> error = Optional.empty();
    while (true) {
      Optional<RunFollower.Numbered> next = follower.next(PATIENCE);
      if (next.isEmpty()) {
        continue;
      }
      switch (next.get().event()) {
        case RunEvent.Said said -> {
          texts.addAll(Couriers.spoken(said.message()));
          tools.addAll(said.message().toolReturns());
          listener.accept(said.message());
        }
        case RunEvent.Failed failed -> error = Optional.of(failed.message());
        case RunEvent.Ended ended -> {
          return new Answer(run.id(), texts, tools, ended.reason(), error);
        }
        default -> {}
      }
    }
  }
}
