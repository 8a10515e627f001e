package dev.mneme.engine;

import dev.mneme.engine.prompt.Packing;
import dev.mneme.engine.rules.Allowed;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Message;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ChatReply;
import dev.mneme.model.Content;
import dev.mneme.model.ModelException;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.RunWork;
import dev.mneme.run.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One step: asks the model, runs the tools it asks for, keeps what came of it. Thread-safe. */
final class StepRunner {
  private final EngineParts parts;
  private final Asking asking;
  private final CallPlanner planner;
  private final ToolDesk desk;
  private final StepStore store;
  private final Said said;

  StepRunner(
      EngineParts parts, Asking asking, CallPlanner planner, ToolDesk desk, StepStore store) {
    this.parts = parts;
    this.asking = asking;
    this.planner = planner;
    this.desk = desk;
    this.store = store;
    this.said = new Said(parts.ids());
  }

  /**
   * @param last whether the turn has to end with this step
   * @throws ModelException when the model failed; nothing of the step is kept but its record
   */
  StepResult run(Session session, RunWork work, boolean last) {
    StepDraft step =
        new StepDraft(parts.ids().next("step"), parts.ids().next("message"), parts.clock());
    store.refresh(session);
    Allowed allowed = session.rules.next(session.toolbox.names());
    ChatReply reply;
    try {
      reply = Said.thought(session, asking.ask(session, work, step, allowed));
    } catch (ModelException e) {
      store.failed(session, work, step, e);
      throw e;
    }
    List<ToolRequest> requests = said.requests(session, reply);
    Optional<StopReason> stop;
    if (requests.isEmpty()) {
      stop = store.keep(session, work, step, spoken(session, step, reply, last));
    } else if (requests.stream().anyMatch(r -> session.rules.needsApproval(r.name()))) {
      stop = store.keep(session, work, step, pending(session, step, reply, requests));
    } else {
      stop = acted(session, work, step, allowed, reply, requests, last);
    }
    return new StepResult(stop, step.usage);
  }

  /** The model answered without a tool. */
  private Outcome spoken(Session session, StepDraft step, ChatReply reply, boolean last) {
    List<Message> messages = new ArrayList<>();
    if (!reply.content().isEmpty()) {
      messages.add(said.assistant(session, step, reply.content(), List.of()));
    }
    if (reply.finish() == ChatReply.Finish.LENGTH) {
      return new Outcome(messages, Optional.of(StopReason.MAX_TOKENS_EXCEEDED));
    }
    if (session.heartbeats()) {
      return new Outcome(messages, Optional.of(StopReason.NO_TOOL_CALL));
    }
    Decision decision = Decision.leaving(session, StopReason.END_TURN).inLastStep(last);
    decision.notice().ifPresent(text -> messages.add(notice(session, step, text)));
    return new Outcome(messages, decision.stop());
  }

  /** A person has to agree first: what needs no consent is held back with the rest. */
  private Outcome pending(
      Session session, StepDraft step, ChatReply reply, List<ToolRequest> requests) {
    List<ToolRequest> held =
        requests.stream().filter(r -> !session.rules.needsApproval(r.name())).toList();
    List<ToolRequest> asked =
        requests.stream().filter(r -> session.rules.needsApproval(r.name())).toList();
    List<Message> messages = new ArrayList<>();
    List<Content> content = reply.content();
    String id = step.messageId;
    if (!held.isEmpty()) {
      messages.add(said.assistant(session, step, content, held));
      content = List.of();
      id = parts.ids().next("message");
    }
    messages.add(said.approval(session, step, id, content, asked));
    return new Outcome(messages, Optional.of(StopReason.REQUIRES_APPROVAL));
  }

  private Optional<StopReason> acted(
      Session session,
      RunWork work,
      StepDraft step,
      Allowed allowed,
      ChatReply reply,
      List<ToolRequest> requests,
      boolean last) {
    Message assistant = said.assistant(session, step, reply.content(), requests);
    if (CallPlanner.badPrefill(session, requests).isPresent()) {
      List<ToolReturn> refused =
          CallPlanner.badPrefill(session, requests).stream()
              .flatMap(text ->
                  requests.stream()
                      .map(r ->
                          new ToolReturn(
                              r.id(), r.name(), true, text, Optional.empty(), Optional.empty())))
              .toList();
      return store.keep(
          session,
          work,
          step,
          new Outcome(
              List.of(assistant, said.returns(session, step, Origin.MODEL, refused)),
              Optional.of(StopReason.INVALID_TOOL_CALL)));
    }
    List<PlannedCall> calls = planner.plan(session, allowed, requests);
    return called(
        session, work, step, calls, Optional.of(assistant), decision -> decision.inLastStep(last));
  }

  /**
   * Goes on after a person answered: runs what was agreed to, and what was held back with it.
   *
   * @throws dev.mneme.common.MnemeException where nothing waits any more
   */
  StepResult resume(Session session, RunWork work, List<ConsentReply> replies) {
    StepDraft step =
        new StepDraft(parts.ids().next("step"), parts.ids().next("message"), parts.clock());
    store.refresh(session);
    Resumption resumption = Resumption.of(session, replies);
    List<PlannedCall> calls = resumption.calls(session, planner);
    Optional<StopReason> stop =
        called(
            session,
            work,
            step,
            calls,
            Optional.empty(),
            decision -> resumption.refuses() ? decision.orGoOnAfterRefusal(session) : decision);
    session.window.settle();
    return new StepResult(stop, step.usage);
  }

  /**
   * Runs calls and keeps their returns, after what the model said where that is not kept yet.
   *
   * @param last has the last word on how the turn goes on
   */
  private Optional<StopReason> called(
      Session session,
      RunWork work,
      StepDraft step,
      List<PlannedCall> calls,
      Optional<Message> assistant,
      UnaryOperator<Decision> last) {
    ToolRound round = new ToolRound(desk, session, step.id, calls);
    long begin = System.nanoTime();
    round.run(edit -> parts.database().scope(session.owner).write(edit));
    step.toolNanos = System.nanoTime() - begin;
    Origin origin = origin(round.calls());
    Optional<StopReason> stop =
        store.keep(
            session,
            work,
            step,
            tx -> {
              List<ToolReturn> returns = round.store(tx);
              Decision decision =
                  round.cancelled()
                      ? new Decision(Optional.of(StopReason.CANCELLED), Optional.empty())
                      : last.apply(Decision.after(session, round.calls(), returns));
              List<Message> messages = new ArrayList<>();
              assistant.ifPresent(messages::add);
              messages.add(said.returns(session, step, origin, returns));
              decision.notice().ifPresent(text -> messages.add(notice(session, step, text)));
              return new Outcome(messages, decision.stop());
            });
    for (PlannedCall call : round.calls()) {
      if (call instanceof PlannedCall.Ready ready) {
        session.lineage.read(ToolDesk.origin(ready), "tool:" + ready.tool().name());
      }
    }
    return stop;
  }

  private Message notice(Session session, StepDraft step, String reason) {
    return said.notice(session, step, Packing.heartbeat(reason, step.createdAt, session.zone));
  }

  /** The least trusted of those whose returns stand in one message. */
  private static Origin origin(List<PlannedCall> calls) {
    Origin origin = Origin.MODEL;
    for (PlannedCall call : calls) {
      if (call instanceof PlannedCall.Ready ready) {
        Origin own = ToolDesk.origin(ready);
        origin = own.compareTo(origin) > 0 ? own : origin;
      }
    }
    return origin;
  }
}
