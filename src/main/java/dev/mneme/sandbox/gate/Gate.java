package dev.mneme.sandbox.gate;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.sandbox.keep.KeptFiles;
import dev.mneme.sandbox.ledger.CallLog;
import dev.mneme.sandbox.policy.Effective;
import dev.mneme.sandbox.policy.Policy;
import dev.mneme.secret.SecretText;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Grants;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Lets calls through to a back end as the policy has it. Thread-safe. */
public final class Gate implements ToolBackend {
  private static final int MAX_REQUESTS = 1_000;
  private static final long MAX_BYTES = 32L << 20;

  private final ToolBackend backend;
  private final Supplier<Policy> policy;
  private final CallLog log;
  private final ToolSecrets secrets;
  private final Consent consent;
  private final KeptFiles files;

  /**
   * @param policy asked at each call, so that a changed one counts at once
   * @param files where files that code makes are kept for later calls
   */
  public Gate(
      ToolBackend backend,
      Supplier<Policy> policy,
      CallLog log,
      ToolSecrets secrets,
      Consent consent,
      KeptFiles files) {
    this.consent = consent;
    this.backend = backend;
    this.policy = policy;
    this.log = log;
    this.secrets = secrets;
    this.files = files;
  }

  /**
   * As the back end does.
   *
   * @throws MnemeException {@code tool_not_allowed}, where the policy refuses the tool; {@code
   *     unknown_file}, where a file of an earlier call is not there any more; what {@link Consent}
   *     throws, where it wants a person to agree
   */
  @Override
  public ToolOutcome call(ToolCall wanted) {
    if (wanted.tool().source() == ToolIdentity.Source.SERVER) {
      return backend.call(wanted);
    }
    ToolCall call = complete(wanted);
    Effective effective = policy.get().decide(call.tool(), call.owner(), call.limits());
    ToolCall allowed = call.within(effective.limits()).granted(grants(call, effective));
    Veil veil = new Veil(allowed.grants().secrets().values());
    CallRecord record = new CallRecord(log, allowed, veil);
    if (effective.refusal().isPresent()) {
      MnemeException refusal = MnemeException.denied("tool_not_allowed", effective.refusal().get());
      record.refused(refusal);
      throw refusal;
    }
    if (effective.approval()) {
      agreed(allowed, record);
    }
    record.begin();
    return keep(call, run(allowed, veil, record));
  }

  private ToolOutcome run(ToolCall call, Veil veil, CallRecord record) {
    try {
      ToolOutcome outcome = veil.hide(backend.call(call.heardBy(record)));
      record.ended(outcome);
      return outcome;
    } catch (RuntimeException e) {
      record.refused(e);
      throw e;
    }
  }

  private void agreed(ToolCall call, CallRecord record) {
    try {
      consent.require(call, "The operator's policy wants a person to agree to each call of it.");
    } catch (MnemeException e) {
      record.refused(e);
      throw e;
    }
  }

  /** The call with the contents of the files it names. */
  private ToolCall complete(ToolCall call) {
    Setup setup = call.setup();
    return setup.files().references().isEmpty()
        ? call
        : call.with(new Setup(files.complete(call.owner(), setup.files()), setup.session()));
  }

  private ToolOutcome keep(ToolCall call, ToolOutcome outcome) {
    return outcome instanceof ToolOutcome.Success done && !done.artifacts().isEmpty()
        ? new ToolOutcome.Success(
            done.value(), done.stdout(), done.stderr(), files.keep(call.owner(), done.artifacts()))
        : outcome;
  }

  private Grants grants(ToolCall call, Effective effective) {
    Map<String, SecretText> values = new LinkedHashMap<>();
    for (String name : effective.secrets()) {
      secrets.find(call.caller(), name).ifPresent(value -> values.put(name, value));
    }
    return new Grants(
        effective.container(),
        effective.hosts(),
        values,
        effective.memory(),
        effective.packages(),
        effective.tools(),
        new Budget(MAX_REQUESTS, MAX_BYTES));
  }
}
