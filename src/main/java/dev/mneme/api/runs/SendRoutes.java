package dev.mneme.api.runs;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.api.agents.AgentViews;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.messages.Speaker;
import dev.mneme.api.messages.Telling;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.AgentEngine;
import dev.mneme.engine.AgentStarter;
import dev.mneme.message.Conversation;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import dev.mneme.run.RunQuery;
import dev.mneme.run.RunStatus;
import dev.mneme.run.Runs;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sending to an agent, and stopping what it does. */
public final class SendRoutes implements Group {
  private static final String AGENT = "/agents/{agent_id}";
  private static final String MESSAGES = AGENT + "/messages";

  private final AgentEngine engine;
  private final AgentStarter starter;
  private final AgentService agents;
  private final Runs runs;
  private final RunHistory history;
  private final RunStream stream;
  private final AgentViews views;
  private final Pictures pictures;
  private final Clock clock;

  public SendRoutes(
      AgentEngine engine,
      AgentStarter starter,
      AgentService agents,
      Runs runs,
      RunHistory history,
      RunStream stream,
      AgentViews views,
      Pictures pictures,
      Clock clock) {
    this.engine = engine;
    this.starter = starter;
    this.agents = agents;
    this.runs = runs;
    this.history = history;
    this.stream = stream;
    this.views = views;
    this.pictures = pictures;
    this.clock = clock;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.post(MESSAGES, call -> send(call, Sending.Way.ANSWER));
    endpoints.post(MESSAGES + "/stream", call -> send(call, Sending.Way.STREAM));
    endpoints.post(MESSAGES + "/async", call -> send(call, Sending.Way.BACKGROUND));
    endpoints.post(MESSAGES + "/cancel", this::cancel);
    endpoints.patch(AGENT + "/reset-messages", this::reset);
    endpoints.post(AGENT + "/summarize", this::compact);
  }

  private Reply send(Call call, Sending.Way way) {
    Agent agent = agents.get(call.owner(), id(call));
    Sending sending = Sending.of(Conversation.of(agent.id()), call.body(), way, pictures);
    Run run = engine.send(call.owner(), sending.request());
    if (way == Sending.Way.BACKGROUND) {
      return Reply.of(WireRun.of(run));
    }
    Telling telling = new Telling(sending.form(), Speaker.of(agent.settings()), clock);
    if (sending.streams()) {
      stream.write(call, run, telling, new RunStream.Form(sending.pings(), 0));
      return Reply.written();
    }
    return Reply.of(Answers.whole(runs.follow(call.owner(), run.id(), 0), telling));
  }

  private Reply cancel(Call call) {
    Body body = call.body();
    String agent = agents.get(call.owner(), id(call)).id();
    List<String> wanted =
        body.texts("run_ids")
            .filter(ids -> !ids.isEmpty())
            .orElseGet(() ->
                history.list(call.owner(), RunQuery.activeOf(agent)).stream()
                    .map(Run::id)
                    .toList());
    if (wanted.isEmpty()) {
      throw MnemeException.conflict(
          "no_active_run", "Nothing is under way that could be cancelled.");
    }
    Map<String, String> outcome = new LinkedHashMap<>();
    wanted.forEach(id -> outcome.put(id, cancel(call, agent, id) ? "cancelled" : "failed"));
    return Reply.of(outcome);
  }

  private boolean cancel(Call call, String agent, String runId) {
    try {
      Run run = history.get(call.owner(), runId);
      return run.agentId().equals(agent)
          && (runs.cancel(call.owner(), runId) || run.status() == RunStatus.CANCELLED);
    } catch (MnemeException _) {
      return false;
    }
  }

  private Reply compact(Call call) {
    Conversation conversation = Conversation.of(agents.get(call.owner(), id(call)).id());
    Run run = engine.compact(call.owner(), conversation, call.body().object("compaction_settings"));
    return Reply.of(
        Answers.compaction(
            runs.follow(call.owner(), run.id(), 0), starter.inContext(call.owner(), conversation)));
  }

  private Reply reset(Call call) {
    Conversation conversation = Conversation.of(agents.get(call.owner(), id(call)).id());
    boolean greets = call.body().flag("add_default_initial_messages").orElse(false);
    starter.reset(call.owner(), conversation, greets);
    return views.replyToOlder(call);
  }

  private static String id(Call call) {
    return call.id("agent_id", "agent");
  }
}
