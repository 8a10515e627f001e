package dev.mneme.sandbox.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.secret.SecretMask;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolIdentity;
import java.time.Instant;
import java.util.function.Supplier;

/** Where calls are written down. Thread-safe. */
public interface CallLog {
  /** Keeps nothing: for what has no data folder. */
  CallLog NONE =
      new CallLog() {
        @Override
        public CallDraft draft(Caller caller, ToolIdentity tool) {
          return new CallDraft("", Instant.EPOCH, caller, tool);
        }

        @Override
        public void note(CallDraft call, JsonNode arguments, SecretMask mask) {}

        @Override
        public void add(
            CallDraft call,
            JsonNode arguments,
            SecretMask mask,
            CallEntry.Place place,
            Supplier<CallEntry.Ending> ending,
            Supplier<CallEntry.Traffic> traffic) {}
      };

  CallDraft draft(Caller caller, ToolIdentity tool);

  /**
   * Writes a call down before it starts; it is on disk when this returns.
   *
   * @throws dev.mneme.common.MnemeException when it could not be written; the call must not be made
   */
  void note(CallDraft call, JsonNode arguments, SecretMask mask);

  /** Takes the end of a call to be written soon; never waits. What is supplied is made later. */
  void add(
      CallDraft call,
      JsonNode arguments,
      SecretMask mask,
      CallEntry.Place place,
      Supplier<CallEntry.Ending> ending,
      Supplier<CallEntry.Traffic> traffic);
}
