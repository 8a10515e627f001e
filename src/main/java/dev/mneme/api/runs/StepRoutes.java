package dev.mneme.api.runs;

import dev.mneme.api.http.Body;
import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.messages.MessagePages;
import dev.mneme.run.RunHistory;
import dev.mneme.run.Step;
import dev.mneme.run.StepFeedback;
import java.util.List;
import java.util.Optional;

/** {@code /v1/steps}: single answers of models with the tools they called. */
public final class StepRoutes implements Group {
  private static final String ONE = "/steps/{step_id}";
  private static final int PAGE = 50;
  private static final int MESSAGES = 100;

  private final RunHistory history;
  private final MessagePages pages;

  public StepRoutes(RunHistory history, MessagePages pages) {
    this.history = history;
    this.pages = pages;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/steps", this::list);
    endpoints.get(ONE, call -> Reply.of(WireStep.of(step(call))));
    endpoints.get(ONE + "/metrics", call -> Reply.of(WireMetrics.of(step(call))));
    endpoints.get(
        ONE + "/trace",
        call -> {
          step(call);
          return Reply.nothing();
        });
    endpoints.get(ONE + "/messages", this::messages);
    endpoints.patch(ONE + "/feedback", this::feedback);
  }

  private Reply list(Call call) {
    // No request is traced here, so that none has such an id.
    return call.queries("trace_ids").isEmpty()
        ? Reply.of(
            StepPages.list(history, call, Optional.empty(), PAGE).stream()
                .map(WireStep::of)
                .toList())
        : Reply.of(List.of());
  }

  private Reply messages(Call call) {
    MessagePages.Of of =
        new MessagePages.Of(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(step(call).id()));
    return Reply.of(pages.page(call, of, MESSAGES, false));
  }

  private Reply feedback(Call call) {
    Body body = call.body();
    StepFeedback feedback = new StepFeedback(body.text("feedback"), body.texts("tags"));
    return Reply.of(WireStep.of(history.feedback(call.owner(), step(call).id(), feedback)));
  }

  private Step step(Call call) {
    return history.step(call.owner(), call.id("step_id", "step"));
  }
}
