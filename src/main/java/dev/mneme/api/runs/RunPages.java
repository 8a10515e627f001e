package dev.mneme.api.runs;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Cursors;
import dev.mneme.api.http.Unprocessable;
import dev.mneme.run.Run;
import dev.mneme.run.RunHistory;
import dev.mneme.run.RunQuery;
import dev.mneme.run.RunStatus;
import dev.mneme.run.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages of runs with all the filters of the routes. */
final class RunPages {
  private RunPages() {}

  static List<Run> list(RunHistory history, Call call, Optional<Boolean> active, int limit) {
    Cursors cursors = Cursors.of(call.page(limit, true));
    List<String> agents = new ArrayList<>(call.queries("agent_ids"));
    call.query("agent_id").ifPresent(agents::add);
    Set<RunStatus> statuses =
        call.queries("statuses").stream()
            .map(text -> word("statuses", text, RunStatus.class))
            .collect(Collectors.toSet());
    RunQuery query =
        new RunQuery(
            agents,
            statuses,
            active,
            call.flag("background"),
            call.query("conversation_id"),
            call.query("stop_reason").map(text -> word("stop_reason", text, StopReason.class)),
            cursors.below(),
            cursors.above(),
            cursors.ascending(),
            cursors.limit());
    return cursors.ordered(history.list(call.owner(), query));
  }

  private static <E extends Enum<E>> E word(String name, String text, Class<E> type) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new Unprocessable("query." + name, "has no such value");
    }
  }
}
