package dev.mneme.api.runs;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.common.Ids;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import dev.mneme.run.Runs;
import java.util.Optional;

/** {@code /v1/jobs}: runs, as the older clients ask for them. */
public final class JobRoutes implements Group {
  private static final String ONE = "/jobs/{job_id}";
  private static final int PAGE = 100;

  private final Runs runs;
  private final RunHistory history;

  public JobRoutes(Runs runs, RunHistory history) {
    this.runs = runs;
    this.history = history;
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/jobs", call -> list(call, call.flag("active")));
    endpoints.get("/jobs/active", call -> list(call, Optional.of(true)));
    endpoints.get(ONE, call -> Reply.of(WireJob.of(call.owner(), run(call))));
    endpoints.patch(ONE + "/cancel", this::cancel);
  }

  private Reply list(Call call, Optional<Boolean> active) {
    return Reply.of(
        RunPages.list(history, call, active, PAGE).stream()
            .map(run -> WireJob.of(call.owner(), run))
            .toList());
  }

  private Reply cancel(Call call) {
    Run run = run(call);
    runs.cancel(call.owner(), run.id());
    return Reply.of(WireJob.of(call.owner(), history.get(call.owner(), run.id())));
  }

  /** The run of a job; both kinds of id are taken for it. */
  private Run run(Call call) {
    String id = call.path("job_id");
    return history.get(
        call.owner(),
        Ids.isId("job", id) ? "run" + id.substring("job".length()) : call.id("job_id", "run"));
  }
}
