package dev.mneme.engine.turn;

import dev.mneme.common.Owner;
import dev.mneme.engine.AgentProfile;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ModelInfo;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A turn from its opening to its end. Thread-safe, but only one commit at a time. */
final class OpenTurn {
  /** What a lent model is taken to read; an agent's own, smaller setting holds. */
  private static final int WINDOW = 128_000;

  private static final int OUTPUT = 8_192;

  final Owner owner;
  final TurnRequest request;
  final AgentProfile profile;
  final Offers offers;
  final Borrowed model;
  final ReentrantLock committing = new ReentrantLock();

  /** Known soon after the run was accepted. */
  final CompletableFuture<Run> run = new CompletableFuture<>();

  private volatile boolean over;
  private Optional<ChatRequest> asked = Optional.empty();
  private Optional<RunEvent.Ended> ended = Optional.empty();

  OpenTurn(
      Owner owner,
      TurnRequest request,
      AgentProfile profile,
      Offers offers,
      Duration idle,
      Consumer<OpenTurn> onIdle,
      Consumer<OpenTurn> onEnd) {
    this.owner = owner;
    this.request = request;
    this.profile = profile;
    this.offers = offers;
    this.model =
        new Borrowed(
            info(request.client()),
            idle,
            () -> onIdle.accept(this),
            () -> {
              over = true;
              onEnd.accept(this);
            });
  }

  boolean isOver() {
    return over;
  }

  /** What the engine asks; empty when the turn is over or the time is up. */
  Optional<ChatRequest> first(Duration patience, Consumer<RunEvent> listener)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (asked.isEmpty() && ended.isEmpty()) {
      Optional<Borrowed.Signal> signal =
          model.next(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (signal.isEmpty()) {
        return Optional.empty();
      }
      take(signal.get(), listener);
    }
    return asked;
  }

  /** As above, however long it takes. */
  Optional<ChatRequest> asked(Consumer<RunEvent> listener) throws InterruptedException {
    while (asked.isEmpty() && ended.isEmpty()) {
      take(model.next(), listener);
    }
    return asked;
  }

  /** Lets the engine work on a commit until it asks again, or the turn is over. */
  Optional<ChatRequest> answer(Batch batch) throws InterruptedException {
    asked = Optional.empty();
    model.answer(batch.replies());
    return asked(batch::heard);
  }

  Optional<RunEvent.Ended> ended() {
    return ended;
  }

  private void take(Borrowed.Signal signal, Consumer<RunEvent> listener) {
    switch (signal) {
      case Borrowed.Signal.Asked question -> asked = Optional.of(question.request());
      case Borrowed.Signal.Heard heard when heard.event() instanceof RunEvent.Ended last ->
          ended = Optional.of(last);
      case Borrowed.Signal.Heard heard -> listener.accept(heard.event());
    }
  }

  private static ModelInfo info(String client) {
    String name = client.replaceAll("[^A-Za-z0-9._-]+", "-");
    return new ModelInfo(
        "mcp/" + name, name, "mcp", "mcp", Optional.empty(), WINDOW, OUTPUT, true, true, false);
  }
}
