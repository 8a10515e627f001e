package dev.mneme.api.runs;

import dev.mneme.agent.AgentService;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.messages.AnswerForm;
import dev.mneme.api.messages.MessagePages;
import dev.mneme.api.messages.Speaker;
import dev.mneme.api.messages.Telling;
import dev.mneme.common.MnemeException;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code /v1/runs}: what is under way and what was. */
public final class RunRoutes implements Group {
  private static final String ONE = "/runs/{run_id}";
  private static final int PAGE = 100;

  private final RunHistory history;
  private final AgentService agents;
  private final MessagePages pages;
  private final RunStream stream;
  private final Clock clock;

  public RunRoutes(
      RunHistory history, AgentService agents, MessagePages pages, RunStream stream, Clock clock) {
    this.history = history;
    this.agents = agents;
    this.pages = pages;
    this.stream = stream;
    this.clock = clock;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/runs", call -> runs(call, call.flag("active")));
    endpoints.get("/runs/active", call -> runs(call, Optional.of(true)));
    endpoints.get(ONE, call -> Reply.of(WireRun.of(run(call))));
    endpoints.get(ONE + "/messages", this::messages);
    endpoints.get(
        ONE + "/usage",
        call -> Reply.of(WireUsage.of(history.usage(call.owner(), id(call)).tokens())));
    endpoints.get(ONE + "/steps", this::steps);
    endpoints.get(
        ONE + "/trace",
        call -> {
          run(call);
          return Reply.of(List.of());
        });
    endpoints.post(ONE + "/stream", this::follow);
  }

  private Reply runs(Call call, Optional<Boolean> active) {
    return Reply.of(RunPages.list(history, call, active, PAGE).stream().map(WireRun::of).toList());
  }

  private Reply messages(Call call) {
    MessagePages.Of of =
        new MessagePages.Of(
            Optional.empty(), Optional.empty(), Optional.of(run(call).id()), Optional.empty());
    return Reply.of(pages.page(call, of, PAGE, false));
  }

  private Reply steps(Call call) {
    return Reply.of(
        StepPages.list(history, call, Optional.of(run(call).id()), PAGE).stream()
            .map(WireStep::of)
            .toList());
  }

  private Reply follow(Call call) {
    Body body = call.body();
    int after = body.integer("starting_after").orElse(0);
    Run run = run(call);
    if (!run.background()) {
      throw MnemeException.invalid(
          "run_not_in_background",
          "Only runs in the background can be followed again; send with 'background' next time.");
    }
    Telling telling =
        new Telling(
            AnswerForm.kept(run.requestConfig()),
            Speaker.of(agents.get(call.owner(), run.agentId()).settings()),
            clock);
    boolean pings = body.flag("include_pings").orElse(true);
    stream.write(call, run, telling, new RunStream.Form(pings, after));
    return Reply.written();
  }

  private Run run(Call call) {
    return history.get(call.owner(), id(call));
  }

  private static String id(Call call) {
    return call.id("run_id", "run");
  }
}
