package dev.mneme.engine;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.Post;
import dev.mneme.engine.builtin.Use;
import dev.mneme.engine.prompt.Arguments;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Conversation;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;
import dev.mneme.run.Run;
import dev.mneme.run.RunEvent;
import dev.mneme.run.RunFollower;
import dev.mneme.run.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Carries messages between agents as runs of their own. Who waits for whom is known, so that agents
 * never wait for each other in a circle. Thread-safe once the engine is there.
 */
public final class Couriers implements Post {
  private static final int MAX_DEPTH = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AtomicReference<AgentEngine> engine = new AtomicReference<>();
  private final AgentService agents;
  private final Runs runs;
  private final WaitGraph waits = new WaitGraph();

  public Couriers(AgentService agents, Runs runs) {
    this.agents = agents;
    this.runs = runs;
  }

  /** The engine knows its tools, and they know it; called once, when both are made. */
  public void connect(AgentEngine made) {
    engine.set(made);
  }

  @Override
  public void send(Use from, String agentId, String text) {
    start(from, agentId, text, List.of());
  }

  @Override
  public List<String> ask(Use from, String agentId, String text) {
    if (from.chain().size() > MAX_DEPTH) {
      throw MnemeException.limit(
          "agents_too_deep",
          "at most "
              + MAX_DEPTH
              + " agents may wait for each other in a row; answer without asking");
    }
    Conversation target = Conversation.of(known(from, agentId).id());
    if (from.chain().contains(target.agentId())) {
      throw circle();
    }
    try (WaitGraph.Wait _ = waits.enter(from.conversation(), target)) {
      Run run = start(from, target.agentId(), text, from.chain());
      return answer(from, run);
    }
  }

  @Override
  public List<String> tagged(Use from, List<String> all, List<String> some) {
    return agents.list(from.owner()).stream()
        .filter(agent -> !agent.id().equals(from.agentId()))
        .filter(agent -> agent.tags().containsAll(all))
        .filter(agent -> some.isEmpty() || some.stream().anyMatch(agent.tags()::contains))
        .map(Agent::id)
        .toList();
  }

  private Run start(Use from, String agentId, String text, List<String> chain) {
    Agent target = known(from, agentId);
    Incoming message =
        new Incoming(
            Role.SYSTEM,
            Origin.MODEL,
            List.of(
                Content.text(
                    "[From the agent with id "
                        + from.agentId()
                        + ", not from a user. Your answer goes back to it.] "
                        + text)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(from.agentId()));
    SendRequest request =
        SendRequest.of(Conversation.of(target.id()), message, SendRequest.MAX_STEPS);
    AgentEngine made = engine.get();
    if (made == null) {
      throw MnemeException.unavailable("starting", "the server is still starting; try again");
    }
    return made.send(from.owner(), request, chain);
  }

  private List<String> answer(Use from, Run run) {
    List<String> said = new ArrayList<>();
    RunFollower follower = runs.follow(from.owner(), run.id(), 0);
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < end) {
        Optional<RunFollower.Numbered> next = follower.next(Duration.ofSeconds(1));
        if (next.isEmpty()) {
          continue;
        }
        switch (next.get().event()) {
          case RunEvent.Said event -> said.addAll(spoken(event.message()));
          case RunEvent.Failed event ->
              throw MnemeException.unavailable(
                  "agent_failed", "the other agent could not answer: " + event.message());
          case RunEvent.Ended _ -> {
            return said;
          }
          default -> {}
        }
      }
      throw MnemeException.unavailable(
          "agent_too_slow",
          "the other agent has not answered within " + PATIENCE.toMinutes() + " minutes");
    } catch (InterruptedException _) {
      runs.cancel(from.owner(), run.id());
      Thread.currentThread().interrupt();
      throw MnemeException.unavailable("cancelled", ToolDesk.CANCELLED);
    }
  }

  /** What an agent said for others to read: its texts, and what it sent with its tool. */
  static List<String> spoken(Message message) {
    List<String> said = new ArrayList<>();
    if (message.role() != Role.ASSISTANT) {
      return said;
    }
    if (!message.text().isBlank()) {
      said.add(message.text());
    }
    for (ToolRequest request : message.toolRequests()) {
      if (request.name().equals(BuiltIns.SEND_MESSAGE)) {
        said.add(Arguments.parse(request.arguments()).path("message").asText());
      }
    }
    return said;
  }

  private Agent known(Use from, String agentId) {
    return agents.get(from.owner(), agentId);
  }

  static MnemeException circle() {
    return MnemeException.conflict(
        "agents_wait_in_circle",
        "that agent is waiting for an answer from here itself; answer it instead of asking");
  }
}
