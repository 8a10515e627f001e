package dev.mneme.engine;

import dev.mneme.engine.prompt.SystemPrompt;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.ModelException;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunWork;
import dev.mneme.run.StopReason;
import dev.mneme.store.Reads;
import dev.mneme.store.Scope;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps what a step brought: messages, context, the prompt, the step's record, in one transaction;
 * then tells it. Thread-safe.
 */
final class StepStore {
  private final EngineParts parts;
  private final Prompts prompts;
  private final Compactor compactor;

  StepStore(EngineParts parts, Prompts prompts, Compactor compactor) {
    this.parts = parts;
    this.prompts = prompts;
    this.compactor = compactor;
  }

  /** Compiles the prompt anew where memory has changed since; it is stored with the next step. */
  void refresh(Session session) {
    if (session.stale.take()) {
      parts
          .database()
          .scope(session.owner)
          .read(reads -> renewed(reads, session))
          .ifPresent(message -> change(session, message));
    }
  }

  Optional<StopReason> keep(Session session, RunWork work, StepDraft step, Outcome outcome) {
    return keep(session, work, step, _ -> outcome);
  }

  /**
   * @param last runs what belongs into the transaction and says what the step brought
   */
  Optional<StopReason> keep(
      Session session, RunWork work, StepDraft step, Function<Tx, Outcome> last) {
    // A cancelled run keeps what it has done; what listens to the commit must not be interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      Kept kept =
          parts.database().scope(session.owner).write(tx -> write(tx, session, work, step, last));
      settle(session, kept);
      for (Message message : kept.messages()) {
        if (message.role() != Role.USER) {
          work.tell(new RunEvent.Said(message));
        }
      }
      return kept.stop();
    } finally {
      session.stale.over();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The step's record; when it was cancelled, what was said to the agent comes into context. */
  void failed(Session session, RunWork work, StepDraft step, ModelException error) {
    boolean interrupted = Thread.interrupted();
    boolean cancelled = error.type() == ModelException.Type.CANCELLED;
    Scope scope = parts.database().scope(session.owner);
    scope.update(tx -> {
      if (cancelled) {
        join(tx, session, List.of());
      }
      work.record(
          tx,
          step.record(
              session,
              cancelled ? "cancelled" : "failed",
              Optional.of(Turn.reason(error.type())),
              cancelled ? Optional.empty() : Optional.of(error.type().code())));
    });
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was written, told to the session once it is durable. */
  private record Kept(
      List<Message> messages, Optional<Message> system, Optional<StopReason> stop) {}

  private Kept write(
      Tx tx, Session session, RunWork work, StepDraft step, Function<Tx, Outcome> last) {
    Outcome outcome = last.apply(tx);
    List<Message> stored = parts.messages().add(tx, outcome.messages());
    Optional<Message> system = Optional.empty();
    if (session.remembered) {
      system = renewed(tx, session);
      session.stale.compiled();
    }
    if (!session.overridden() && (system.isPresent() || session.systemChanged)) {
      Message current = system.orElse(session.window.system());
      if (session.unstored.isEmpty()) {
        parts.messages().rewrite(tx, current);
      } else {
        session.unstored.set(0, current);
      }
    }
    join(tx, session, stored);
    work.record(
        tx,
        step.record(
            session,
            outcome.stop().filter(s -> s == StopReason.CANCELLED).isPresent()
                ? "cancelled"
                : "success",
            outcome.stop(),
            Optional.empty()));
    outcome
        .stop()
        .filter(stop -> ends(session, step, stop, stored))
        .ifPresent(stop -> work.finish(tx, session.tally.endedAfter(step.usage, stop)));
    return new Kept(stored, system, outcome.stop());
  }

  /** Whether nothing is left to do after a step. */
  private boolean ends(Session session, StepDraft step, StopReason stop, List<Message> stored) {
    return stop != StopReason.CANCELLED && !compactor.isDue(session, step.usage, stored);
  }

  /** Puts into context what waits for it, and the messages of the step. */
  private void join(Tx tx, Session session, List<Message> stored) {
    List<Message> joining = new ArrayList<>();
    if (!session.unstored.isEmpty()) {
      joining.addAll(parts.messages().add(tx, session.unstored));
    } else if (session.restarts) {
      joining.add(session.window.system());
    }
    joining.addAll(session.joining);
    joining.addAll(stored);
    if (session.restarts) {
      parts
          .messages()
          .replaceContext(tx, session.conversation(), joining.stream().map(Message::id).toList());
    } else if (!joining.isEmpty()) {
      parts.messages().extendContext(tx, session.conversation(), joining);
    }
  }

  private static void settle(Session session, Kept kept) {
    session.unstored.clear();
    session.joining.clear();
    session.restarts = false;
    session.systemChanged = false;
    session.remembered = false;
    kept.system().ifPresent(session.window::changeSystem);
    kept.messages().forEach(session.window::add);
  }

  /** The prompt as memory is now, where it differs. */
  private Optional<Message> renewed(Reads reads, Session session) {
    SystemPrompt prompt =
        prompts.compile(
            reads, session.profile, session.request.overrideSystem(), session.numbersLines());
    return prompts.renewed(
        reads,
        session.profile,
        session.window.system(),
        session.window.messages().size() + 1,
        prompt);
  }

  private static void change(Session session, Message system) {
    session.window.changeSystem(system);
    session.systemChanged = true;
  }
}
