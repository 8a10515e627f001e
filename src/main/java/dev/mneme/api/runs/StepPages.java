package dev.mneme.api.runs;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Cursors;
import dev.mneme.run.RunHistory;
import dev.mneme.run.Step;
import dev.mneme.run.StepQuery;
import java.util.List;
import java.util.Optional;

/** Pages of steps with all the filters of the routes. */
final class StepPages {
  private StepPages() {}

  static List<Step> list(RunHistory history, Call call, Optional<String> runId, int limit) {
    Cursors cursors = Cursors.of(call.page(limit, true));
    StepQuery query =
        new StepQuery(
            runId,
            call.query("agent_id"),
            call.query("model"),
            call.time("start_date"),
            call.time("end_date"),
            call.query("feedback"),
            call.flag("has_feedback"),
            call.queries("tags").stream().findFirst(),
            cursors.below(),
            cursors.above(),
            cursors.ascending(),
            cursors.limit());
    return cursors.ordered(history.steps(call.owner(), query));
  }
}
