package dev.mneme.engine.turn;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.engine.AgentEngine;
import dev.mneme.engine.AgentProfile;
import dev.mneme.engine.Incoming;
import dev.mneme.engine.SendRequest;
import dev.mneme.memory.text.TextRules;
import dev.mneme.model.ChatRequest;
import dev.mneme.model.ChatUsage;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import dev.mneme.run.Runs;
import dev.mneme.run.StopReason;
import dev.mneme.tool.ArgumentCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns that somebody outside thinks for an agent. Each is a run like any other: it has its
 * conversation alone, is cancelled like any other, and is ended after a crash like any other.
 * Thread-safe.
 */
public final class Turns {
  /** More than a person ever waits for; a turn that never ends would never free its agent. */
  private static final int MAX_STEPS = 500;

  private static final int MAX_TEXT = 200_000;
  private static final Duration ENDING = Duration.ofSeconds(5);

  private final AgentEngine engine;
  private final Runs runs;
  private final Ids ids;
  private final Clock clock;
  private final TurnSettings settings;
  private final ArgumentCheck check = new ArgumentCheck();
  private final Map<String, OpenTurn> open = new ConcurrentHashMap<>();

  public Turns(AgentEngine engine, Runs runs, Ids ids, Clock clock, TurnSettings settings) {
    this.engine = engine;
    this.runs = runs;
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Opens a turn, once the conversation is free. The input is durable when this returns.
   *
   * @throws MnemeException {@code unknown_agent}, {@code empty_input}, {@code conversation_busy},
   *     {@code too_many_turns}
   */
  public OpenedTurn open(Owner owner, TurnRequest request) {
    TextRules.bounded("input", request.input(), MAX_TEXT);
    if (open.values().stream().filter(turn -> turn.owner.equals(owner)).count()
        >= settings.maxOpen()) {
      throw TurnErrors.tooMany(settings.maxOpen());
    }
    AgentProfile profile = engine.profile(owner, request.conversation().agentId());
    OpenTurn turn =
        new OpenTurn(
            owner,
            request,
            profile,
            new Offers(profile, check),
            settings.idle(),
            this::cancelSoon,
            this::forget);
    Run run = engine.send(owner, message(request), turn.model);
    open.put(run.id(), turn);
    turn.run.complete(run);
    if (turn.isOver()) {
      forget(turn);
    }
    return begun(turn, run);
  }

  /**
   * Runs the operations in their order; when none failed, the reply is stored and the turn is over.
   *
   * @throws MnemeException {@code unknown_turn}, {@code turn_busy}, {@code empty_commit}, {@code
   *     invalid_operations} naming every problem; nothing was done then
   */
  public Committed commit(
      Owner owner, String turnId, List<Operation> operations, Optional<String> reply) {
    OpenTurn turn = require(owner, turnId);
    reply.ifPresent(text -> TextRules.bounded("reply", text, MAX_TEXT));
    if (operations.isEmpty() && reply.filter(text -> !text.isBlank()).isEmpty()) {
      throw TurnErrors.empty();
    }
    if (!turn.committing.tryLock()) {
      throw TurnErrors.busy(turnId);
    }
    try {
      ChatRequest asked = turn.asked(_ -> {}).orElseThrow(() -> TurnErrors.unknown(turnId));
      List<Operation> checked =
          turn.offers.check(operations, asked.tools(), turn.profile.callsOneByOne());
      Batch batch = Batch.of(turn.profile, checked, reply.filter(text -> !text.isBlank()), ids);
      return committed(turn, turnId, batch, turn.answer(batch));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw TurnErrors.interrupted();
    } finally {
      turn.committing.unlock();
    }
  }

  /** Ends a turn without a reply; what it committed is kept. */
  public void cancel(Owner owner, String turnId) {
    cancel(require(owner, turnId));
  }

  /** Cancels what a session has open, soon. */
  public void sessionClosed(String session) {
    open.values().stream()
        .filter(turn -> turn.request.session().equals(session))
        .forEach(this::cancelSoon);
  }

  private OpenedTurn begun(OpenTurn turn, Run run) {
    Batch nothing = Batch.of(turn.profile, List.of(), Optional.empty(), ids);
    Optional<ChatRequest> asked;
    try {
      asked = turn.first(settings.patience(), nothing::heard);
    } catch (InterruptedException _) {
      cancelSoon(turn);
      Thread.currentThread().interrupt();
      throw TurnErrors.interrupted();
    }
    if (asked.isEmpty()) {
      if (turn.ended().isPresent()) {
        throw TurnErrors.notStarted(nothing.error().orElse("it was cancelled."));
      }
      cancel(turn);
      throw TurnErrors.waitedInVain(run.id());
    }
    return new OpenedTurn(
        run.id(),
        run.agentId(),
        run.conversationId(),
        ContextText.of(asked.get().messages(), settings.contextChars()),
        turn.offers.among(asked.get().tools()),
        expiry());
  }

  private Committed committed(
      OpenTurn turn, String turnId, Batch batch, Optional<ChatRequest> asked)
      throws InterruptedException {
    if (asked.isEmpty()) {
      awaitEnd(turn.owner, turnId);
    }
    return new Committed(
        turnId,
        batch.results(),
        batch.replied(),
        turn.ended().map(RunEvent.Ended::reason),
        batch.error(),
        asked
            .map(request -> turn.offers.among(request.tools()).stream().map(Offer::name).toList())
            .orElse(List.of()),
        asked.map(_ -> expiry()));
  }

  /** The work is done; a moment later the run's row says so too. */
  private void awaitEnd(Owner owner, String runId) throws InterruptedException {
    RunFollower follower = runs.follow(owner, runId, 0);
    long end = System.nanoTime() + ENDING.toNanos();
    while (System.nanoTime() < end) {
      Optional<RunFollower.Numbered> next = follower.next(ENDING);
      if (next.filter(n -> n.event() instanceof RunEvent.Ended).isPresent()) {
        return;
      }
    }
  }

  private Instant expiry() {
    return clock.instant().plus(settings.idle());
  }

  private OpenTurn require(Owner owner, String turnId) {
    return Optional.ofNullable(open.get(turnId))
        .filter(turn -> turn.owner.equals(owner))
        .orElseThrow(() -> TurnErrors.unknown(turnId));
  }

  private void cancel(OpenTurn turn) {
    Run run = turn.run.join();
    runs.cancel(turn.owner, run.id());
    // A run that had to wait until now never worked, and so never says that it is over.
    turn.model.heard(new RunEvent.Ended(StopReason.CANCELLED, ChatUsage.NONE, 0, 0));
  }

  private void cancelSoon(OpenTurn turn) {
    Thread.ofVirtual().name("turn-cancel").start(() -> cancel(turn));
  }

  private void forget(OpenTurn turn) {
    // Before its run is known it is not among the open ones.
    if (turn.run.isDone()) {
      open.remove(turn.run.join().id(), turn);
    }
  }

  private static SendRequest message(TurnRequest request) {
    return SendRequest.of(request.conversation(), Incoming.fromUser(request.input()), MAX_STEPS);
  }
}
