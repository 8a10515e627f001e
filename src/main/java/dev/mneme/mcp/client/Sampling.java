package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.mcp.client.config.SamplingLimits;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.model.ChatListener;
import dev.mneme.model.ChatReply;
import dev.mneme.model.ModelException;
import dev.mneme.model.ModelInfo;
import dev.mneme.model.Models;
import dev.mneme.sandbox.ledger.CallDraft;
import dev.mneme.sandbox.ledger.CallEntry;
import dev.mneme.sandbox.ledger.CallLog;
import dev.mneme.secret.SecretMask;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets servers that the operator allowed it ask a model of ours, each within its budget, and each
 * question a row of the ledger. Thread-safe.
 */
public final class Sampling {
  private final Models models;
  private final CallLog log;
  private final LongSupplier nanoTime;
  private final SamplingBudget budget;

  public Sampling(Models models, CallLog log, SamplingBudget budget, LongSupplier nanoTime) {
    this.models = models;
    this.log = log;
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  /**
   * For the server of a call.
   *
   * @param caller who called its tool
   */
  Sampler of(Allowance allowed, Caller caller) {
    return params -> {
      // Before the ledger is written: a server that asks beyond its budget shall not fill it.
      Asked asked = asked(allowed, params);
      CallDraft draft =
          log.draft(
              caller,
              ToolIdentity.upstream(
                  allowed.server() + "/sampling", Sha256.hex(Json.write(params)), false));
      SecretMask mask = SecretMask.of(List.of());
      log.note(draft, params, mask);
      long begin = nanoTime.getAsLong();
      Told told = new Told();
      told.model = asked.model().handle();
      try {
        ObjectNode result = answer(asked, told);
        told.ending = new CallEntry.Ending(CallEntry.Outcome.OK, "", told.tokens);
        told.result = Json.write(result).length();
        return result;
      } catch (CallFailed e) {
        told.ending =
            new CallEntry.Ending(
                CallEntry.Outcome.TOOL_ERROR,
                e.reason() == Reason.CANCELLED ? "cancelled" : "limit",
                e.message());
        throw e;
      } finally {
        long micros = (nanoTime.getAsLong() - begin) / 1_000;
        CallEntry.Place place = new CallEntry.Place("model", told.model, 0, 0, micros);
        log.add(
            draft,
            params,
            mask,
            place,
            () -> told.ending,
            () -> new CallEntry.Traffic(told.result, 0, 0, 0));
      }
    };
  }

  /** What the ledger is told. */
  private static final class Told {
    private String model = "";
    private String tokens = "";
    private long result;
    private CallEntry.Ending ending =
        new CallEntry.Ending(CallEntry.Outcome.PROTOCOL_ERROR, "internal", "See the log.");
  }

  /** A question that may be put to a model. */
  private record Asked(
      SamplingRequest request, ModelInfo model, int read, SamplingBudget.Share share) {}

  private Asked asked(Allowance allowed, ObjectNode params) throws CallFailed {
    SamplingRequest request = SamplingRequest.of(params);
    try {
      ModelInfo model = model(allowed.limits());
      int read = models.tokens(model, request.text());
      return new Asked(request, model, read, budget.take(allowed, read, request.answer()));
    } catch (MnemeException e) {
      throw new CallFailed(Reason.WITHHELD, e.message());
    }
  }

  private ObjectNode answer(Asked asked, Told told) throws CallFailed {
    ModelInfo model = asked.model();
    Written written = new Written();
    int counted = 0;
    try {
      int room = asked.share().tokens() - asked.read();
      ChatReply reply = models.open(model.handle()).chat(asked.request().chat(room), written);
      ObjectNode result = SamplingRequest.result(model.handle(), reply);
      int used = reply.usage().totalTokens();
      counted =
          used > 0
              ? used
              : asked.read() + models.tokens(model, result.at("/content/text").asText());
      told.tokens = counted + " tokens";
      return result;
    } catch (ModelException e) {
      // What broke off is paid for as far as it came; a refusal has cost nothing but the attempt.
      boolean cancelled = e.type() == ModelException.Type.CANCELLED;
      if (cancelled || !written.text().isEmpty()) {
        counted = asked.read() + models.tokens(model, written.text());
      }
      throw new CallFailed(
          cancelled ? Reason.CANCELLED : Reason.WITHHELD,
          "the model did not answer: " + e.type().code());
    } catch (MnemeException e) {
      throw new CallFailed(Reason.WITHHELD, e.message());
    } finally {
      settle(asked, counted);
    }
  }

  /** Also where the call is over and its thread was interrupted. */
  private void settle(Asked asked, int counted) {
    boolean interrupted = Thread.interrupted();
    try {
      budget.settle(asked.share(), counted);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a model wrote until now. */
  private static final class Written implements ChatListener {
    private final StringBuilder text = new StringBuilder();

    String text() {
      return text.toString();
    }

    @Override
    public void onReasoning(String delta) {
      text.append(delta);
    }

    @Override
    public void onText(String delta) {
      text.append(delta);
    }
  }

  private ModelInfo model(SamplingLimits limits) throws CallFailed {
    if (limits.model().isPresent()) {
      return models.info(limits.model().get());
    }
    return models
        .byDefault()
        .orElseThrow(() ->
            new CallFailed(
                Reason.WITHHELD,
                "no model is set: name one in \"sampling\" of its entry, or as"
                    + " models.default-model"));
  }
}
