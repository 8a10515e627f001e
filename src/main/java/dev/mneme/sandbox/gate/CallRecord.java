package dev.mneme.sandbox.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.ledger.CallDraft;
import dev.mneme.sandbox.ledger.CallEntry.Ending;
import dev.mneme.sandbox.ledger.CallEntry.Outcome;
import dev.mneme.sandbox.ledger.CallEntry.Place;
import dev.mneme.sandbox.ledger.CallEntry.Traffic;
import dev.mneme.sandbox.ledger.CallLog;
import dev.mneme.secret.SecretMask;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Form;
import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.Reply;
import dev.mneme.tool.SessionState;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Follows one call for the ledger, and passes on what it reports without its secrets. */
final class CallRecord implements ToolListener {
  private final CallLog log;
  private final ToolCall call;
  private final Veil veil;
  private final CallDraft draft;
  private volatile String backend = "";
  private volatile String worker = "";
  private volatile long queued;
  private volatile long starting;
  private volatile long placedAt;

  CallRecord(CallLog log, ToolCall call, Veil veil) {
    this.log = log;
    this.call = call;
    this.veil = veil;
    this.draft = log.draft(call.caller(), call.tool());
  }

  /** A call that may have effects is written down before it starts. */
  void begin() {
    boolean acts =
        !call.tool().readOnly()
            || call.grants().memory() == MemoryUse.WRITE
            || !call.grants().hosts().isEmpty();
    if (acts) {
      log.note(draft, call.given(), mask());
    }
  }

  void ended(ToolOutcome outcome) {
    Place place = place();
    Budget budget = call.grants().budget();
    int requests = budget.requests();
    long moved = budget.bytes();
    log.add(
        draft,
        call.given(),
        mask(),
        place,
        () -> ending(outcome),
        () ->
            new Traffic(
                outcome instanceof ToolOutcome.Success success ? size(success.value()) : 0,
                outcome.stdout().length() + outcome.stderr().length(),
                requests,
                moved));
  }

  /** The back end did not run it, or failed itself. */
  void refused(RuntimeException error) {
    String code = error instanceof MnemeException known ? known.code() : "internal";
    String message = error instanceof MnemeException known ? known.message() : "See the log.";
    log.add(
        draft,
        call.given(),
        mask(),
        place(),
        () -> new Ending(Outcome.PROTOCOL_ERROR, code, message),
        () -> Traffic.NONE);
  }

  @Override
  public void progress(double progress, double total, String message) {
    call.listener().progress(progress, total, veil.hide(message));
  }

  @Override
  public void log(String level, String message) {
    call.listener().log(level, veil.hide(message));
  }

  @Override
  public Reply ask(Form form) {
    return call.listener().ask(veil.hide(form));
  }

  @Override
  public void placed(String where, String name, Duration queue, Duration start) {
    backend = where;
    worker = name;
    queued = micros(queue.toNanos());
    starting = micros(start.toNanos());
    placedAt = System.nanoTime();
    call.listener().placed(where, name, queue, start);
  }

  @Override
  public void session(SessionState state) {
    call.listener().session(state);
  }

  private Place place() {
    long run = placedAt == 0 ? 0 : micros(System.nanoTime() - placedAt);
    return new Place(backend, worker, queued, starting, run);
  }

  private static Ending ending(ToolOutcome outcome) {
    return switch (outcome) {
      case ToolOutcome.Success _ -> new Ending(Outcome.OK, "", "");
      case ToolOutcome.Failure failure ->
          new Ending(
              switch (failure.reason()) {
                case ERROR, TIMEOUT, LIMIT -> Outcome.TOOL_ERROR;
                case CANCELLED, UNAVAILABLE -> Outcome.PROTOCOL_ERROR;
              },
              failure.reason().name().toLowerCase(Locale.ROOT),
              failure.message());
    };
  }

  /** Knows the secrets of the call, those a custom tool has in its environment as well. */
  private SecretMask mask() {
    List<SecretText> known = new ArrayList<>(call.grants().secrets().values());
    if (call.tool().source() == ToolIdentity.Source.CUSTOM) {
      call.arguments()
          .path("environment")
          .forEach(value -> known.add(new SecretText(value.asText())));
    }
    return SecretMask.of(known);
  }

  private static long size(JsonNode value) {
    return Json.write(value).length();
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
