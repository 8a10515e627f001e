package dev.mneme.api.tools;

import dev.mneme.api.http.Call;
import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;
import dev.mneme.api.http.Unprocessable;
import dev.mneme.api.http.Wire;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallQuery;
import dev.mneme.sandbox.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** {@code GET /v1/mneme/calls}: the ledger of sandboxed calls, newest first. */
public final class CallRoutes implements Group {
  private static final int DEFAULT = 50;
  private static final List<String> OUTCOMES =
      List.of("", "running", "ok", "tool_error", "protocol_error");

  private final Ledger ledger;

  public CallRoutes(Ledger ledger) {
    this.ledger = ledger;
  }

  record WireCall(
      String id,
      String startedAt,
      String face,
      Optional<String> agentId,
      Optional<String> runId,
      String source,
      String tool,
      String sha256,
      Optional<String> backend,
      Optional<String> worker,
      String arguments,
      int argumentsBytes,
      String outcome,
      Optional<String> reason,
      Optional<String> message,
      long resultBytes,
      long outputBytes,
      int bridgeRequests,
      long bridgeBytes,
      long queueMicros,
      long startMicros,
      long runMicros) {
    static WireCall of(CallEntry entry) {
      return new WireCall(
          entry.id(),
          Wire.time(entry.startedAt()),
          entry.caller().face().text(),
          entry.caller().agentId(),
          entry.caller().runId(),
          entry.source().text(),
          entry.tool(),
          entry.sha256(),
          known(entry.place().backend()),
          known(entry.place().worker()),
          entry.arguments(),
          entry.argumentsBytes(),
          entry.ending().outcome().text(),
          known(entry.ending().reason()),
          known(entry.ending().message()),
          entry.traffic().result(),
          entry.traffic().output(),
          entry.traffic().requests(),
          entry.traffic().bridge(),
          entry.place().queue(),
          entry.place().start(),
          entry.place().run());
    }

    private static Optional<String> known(String text) {
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
  }

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/mneme/calls", this::list);
  }

  private Reply list(Call call) {
    int limit = call.integer("limit").orElse(DEFAULT);
    if (limit < 1 || limit > CallQuery.MOST) {
      throw new Unprocessable("query.limit", "must be 1 to " + CallQuery.MOST);
    }
    String outcome = call.choice("outcome", "", OUTCOMES);
    CallQuery query =
        new CallQuery(
            call.query("tool"),
            call.queryId("agent", "agent"),
            outcome.isEmpty() ? Optional.empty() : Optional.of(outcome),
            call.queryId("before", "call"),
            limit);
    return Reply.of(ledger.list(call.owner(), query).stream().map(WireCall::of).toList());
  }
}
