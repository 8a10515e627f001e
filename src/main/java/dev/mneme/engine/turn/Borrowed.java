package dev.mneme.engine.turn;

import dev.mneme.engine.LentModel;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.ToolReply;
import dev.mneme.run.RunEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody outside, as the engine sees them: a model that takes its time. What it is asked and what
 * it hears goes out as signals; its answers come in as batches, one a commit. Thread-safe.
 */
final class Borrowed implements LentModel {
  /** What the one who thinks has to know. */
  sealed interface Signal {
    /** The engine waits for an answer. */
    record Asked(ChatRequest request) implements Signal {}

    /** Something happened in the run. */
    record Heard(RunEvent event) implements Signal {}
  }

  private final ModelInfo info;
  private final Duration idle;
  private final Runnable onIdle;
  private final Runnable onEnd;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final BlockingQueue<List<ChatReply>> batches = new ArrayBlockingQueue<>(1);

  /** What is left of the batch; touched by the run's thread only. */
  private final Deque<ChatReply> rest = new ArrayDeque<>();

  /**
   * @param onIdle called when no answer came for so long; has to see to it that the run ends, and
   *     must not wait for that
   * @param onEnd called when the run's work is over
   */
  Borrowed(ModelInfo info, Duration idle, Runnable onIdle, Runnable onEnd) {
    this.info = info;
    this.idle = idle;
    this.onIdle = onIdle;
    this.onEnd = onEnd;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public ChatReply chat(ChatRequest request, ChatListener listener) {
    if (!rest.isEmpty() && lastFailed(request.messages())) {
      rest.clear();
    }
    if (rest.isEmpty()) {
      signals.add(new Signal.Asked(request));
      rest.addAll(await());
    }
    return rest.removeFirst();
  }

  @Override
  public void heard(RunEvent event) {
    signals.add(new Signal.Heard(event));
    if (event instanceof RunEvent.Ended) {
      onEnd.run();
    }
  }

  /** Answers what was asked: each reply is one step, until a tool of one fails. */
  void answer(List<ChatReply> batch) {
    batches.add(batch);
  }

  Signal next() throws InterruptedException {
    return signals.take();
  }

  /** Empty when the time is up. */
  Optional<Signal> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  private List<ChatReply> await() {
    try {
      List<ChatReply> batch = batches.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
      if (batch == null) {
        onIdle.run();
        batch = batches.take();
      }
      return batch;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Type.CANCELLED, "The turn was cancelled.", null);
    }
  }

  private static boolean lastFailed(List<ChatMessage> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i) instanceof ChatMessage.ToolReplies replies) {
        return replies.replies().stream().anyMatch(ToolReply::isError);
      }
    }
    return false;
  }
}
