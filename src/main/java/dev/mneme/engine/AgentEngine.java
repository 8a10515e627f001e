package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.memory.text.TextRules;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Messages;
import dev.mneme.message.Role;
import dev.mneme.model.ChatModel;
import dev.mneme.model.Content;
import dev.mneme.run.Run;
import dev.mneme.run.RunDraft;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunWork;
import dev.mneme.store.Reads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Agents that answer. Thread-safe. */
public final class AgentEngine {
  private final EngineParts parts;
  private final Staleness staleness;
  private final Prompts prompts;
  private final SessionLoader loader;
  private final Compactor compactor;
  private final StepRunner steps;

  /**
   * @param staleness hears of every change of memory
   */
  public AgentEngine(EngineParts parts, BuiltIns builtIns, Staleness staleness) {
    this.parts = parts;
    this.staleness = staleness;
    this.prompts = new Prompts(parts);
    this.loader = new SessionLoader(parts, prompts);
    this.compactor = new Compactor(parts, prompts, new TokenLedger(parts.models()));
    this.steps =
        new StepRunner(
            parts,
            new Asking(compactor),
            new CallPlanner(builtIns),
            new ToolDesk(parts.tools()),
            new StepStore(parts, prompts, compactor));
  }

  /**
   * Accepts messages for an agent and starts its run; follow it with {@code run.Runs}. The messages
   * are durable when this returns; they come into context with the run's first step.
   *
   * @throws MnemeException {@code unknown_agent}, {@code no_model} with the ways out, {@code
   *     unknown_model}, {@code conversation_busy}, {@code empty_input}, {@code pending_approval},
   *     {@code no_pending_approval}, {@code approval_mismatch}
   */
  public Run send(Owner owner, SendRequest request) {
    return send(owner, request, List.of());
  }

  /**
   * As above, with a model that the caller lends for this run: no model is needed, and none that
   * the agent has is asked.
   */
  public Run send(Owner owner, SendRequest request, LentModel lent) {
    requireInput(request);
    profile(owner, request.conversation().agentId());
    return start(owner, request, List.of(), Optional.of(lent));
  }

  /**
   * @param waiting the agents that wait for the answer, the first of them first
   */
  Run send(Owner owner, SendRequest request, List<String> waiting) {
    requireInput(request);
    open(profile(owner, request.conversation().agentId()), request);
    return start(owner, request, waiting, Optional.empty());
  }

  private Run start(
      Owner owner, SendRequest request, List<String> waiting, Optional<LentModel> lent) {
    List<Message> input = new ArrayList<>();
    List<String> chain = new ArrayList<>(waiting);
    chain.add(request.conversation().agentId());
    List<Message> stored = new ArrayList<>();
    Instant now = Timestamps.stored(parts.clock().instant());
    request.input().forEach(incoming -> input.add(message(request.conversation(), incoming, now)));
    return parts
        .runs()
        .start(
            owner,
            new RunDraft(
                request.conversation(),
                request.background(),
                request.requestConfig(),
                request.callbackUrl()),
            (tx, run) -> {
              requireTakes(tx, request)
                  .ifPresent(pending -> {
                    Message answer =
                        ConsentReply.said(
                            parts.ids().next("message"), pending, request.consents(), now);
                    parts
                        .messages()
                        .add(tx, List.of(answer.in(answer.stepId(), Optional.of(run.id()))));
                  });
              stored.addAll(
                  parts
                      .messages()
                      .add(
                          tx,
                          input.stream()
                              .map(m -> m.in(m.stepId(), Optional.of(run.id())))
                              .toList()));
            },
            work -> work(new Turn(this, request, stored, chain, lent), lent, work));
  }

  /**
   * How an agent works.
   *
   * @throws MnemeException {@code unknown_agent}
   */
  public AgentProfile profile(Owner owner, String agentId) {
    return parts.database().scope(owner).read(reads -> require(reads, parts, agentId));
  }

  private static RunEvent.Ended work(Turn turn, Optional<LentModel> lent, RunWork work) {
    if (lent.isEmpty()) {
      return turn.work(work);
    }
    RunEvent.Ended ended = turn.work(new Overheard(work, lent.get()));
    lent.get().heard(ended);
    return ended;
  }

  /**
   * Starts a run that makes room in a conversation's context; where there was something to sum up,
   * it tells {@link RunEvent.Compacted}.
   *
   * @param settings how, instead of the agent's own way
   * @throws MnemeException as {@link #send(Owner, SendRequest)}
   */
  public Run compact(Owner owner, Conversation conversation, Optional<ObjectNode> settings) {
    SendRequest request = SendRequest.silent(conversation);
    AgentProfile own = profile(owner, conversation.agentId());
    AgentProfile profile =
        settings
            .map(given ->
                new AgentProfile(own.agent(), own.settings().withCompaction(given), own.tools()))
            .orElse(own);
    open(profile, request);
    return parts
        .runs()
        .start(
            owner,
            new RunDraft(conversation, false, request.requestConfig(), Optional.empty()),
            (tx, _) -> requireNothingPending(tx, conversation),
            new Compaction(this, request, profile));
  }

  /**
   * Answers a request for consent that nobody will answer any more with a refusal, so that the
   * agent takes messages again.
   *
   * @return false where none was pending
   */
  public boolean dismissPending(Owner owner, Conversation conversation) {
    return parts
        .database()
        .scope(owner)
        .write(tx -> {
          List<Message> context = parts.messages().context(tx, conversation);
          Optional<Message> pending = ContextWindow.pendingApproval(context);
          if (pending.isEmpty()) {
            return false;
          }
          Instant now = Timestamps.stored(parts.clock().instant());
          Message refusal = Said.refusal(parts.ids().next("message"), pending.get(), now);
          parts
              .messages()
              .extendContext(tx, conversation, parts.messages().add(tx, List.of(refusal)));
          return true;
        });
  }

  /** The model a request is answered by. */
  ChatModel open(AgentProfile profile, SendRequest request) {
    Optional<String> handle = request.overrideModel().or(() -> profile.settings().model());
    return parts.models().open(handle.orElseGet(() -> byDefault()));
  }

  private String byDefault() {
    return parts
        .models()
        .byDefault()
        .orElseThrow(() ->
            MnemeException.invalid(
                "no_model",
                "The agent has no model and there is none by default: set a provider's key, start"
                    + " a local model, or let your assistant think for the agent over MCP turns."))
        .handle();
  }

  static AgentProfile require(Reads reads, EngineParts parts, String agentId) {
    return parts
        .profiles()
        .find(reads, agentId)
        .orElseThrow(() ->
            MnemeException.notFound(
                "unknown_agent", "There is no such agent; list the agents, or create it."));
  }

  /**
   * A message while nothing waits for consent, answers while they are waited for.
   *
   * @return what is answered
   */
  private Optional<Message> requireTakes(Reads reads, SendRequest request) {
    if (request.consents().isEmpty()) {
      requireNothingPending(reads, request.conversation());
      return Optional.empty();
    }
    Message pending =
        pending(parts.messages(), reads, request.conversation())
            .orElseThrow(ConsentReply::nonePending);
    ConsentReply.match(pending, request.consents());
    return Optional.of(pending);
  }

  /** The request for consent that a conversation waits for. */
  public static Optional<Message> pending(
      Messages messages, Reads reads, Conversation conversation) {
    return messages
        .lastInContext(reads, conversation)
        .flatMap(last -> ContextWindow.pendingApproval(List.of(last)));
  }

  private void requireNothingPending(Reads reads, Conversation conversation) {
    pending(parts.messages(), reads, conversation)
        .ifPresent(pending -> {
          throw MnemeException.conflict(
                  "pending_approval",
                  "The agent waits for consent to a tool call; answer that first, or cancel it.")
              .withDetails(Map.of("pending_request_id", pending.id()));
        });
  }

  private Message message(Conversation conversation, Incoming incoming, Instant at) {
    return new Message(
        parts.ids().next("message"),
        conversation,
        incoming.role(),
        incoming.origin(),
        incoming.content(),
        List.of(),
        List.of(),
        incoming.name(),
        incoming.otid(),
        incoming.senderId(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        at,
        0);
  }

  private static void requireInput(SendRequest request) {
    if (request.input().isEmpty() == request.consents().isEmpty()
        || request.input().stream().anyMatch(incoming -> incoming.content().isEmpty())) {
      throw MnemeException.invalid("empty_input", "There is nothing to send: give a message.");
    }
    for (Incoming incoming : request.input()) {
      if (incoming.role() != Role.USER
          && incoming.role() != Role.SYSTEM
          && incoming.role() != Role.ASSISTANT) {
        throw MnemeException.invalid(
            "invalid_role", "A message sent to an agent is of role user, system or assistant.");
      }
      for (Content part : incoming.content()) {
        if (part instanceof Content.Text text) {
          TextRules.storable("message", text.text());
        }
      }
    }
  }

  Staleness staleness() {
    return staleness;
  }

  SessionLoader loader() {
    return loader;
  }

  Compactor compactor() {
    return compactor;
  }

  StepRunner steps() {
    return steps;
  }
}
