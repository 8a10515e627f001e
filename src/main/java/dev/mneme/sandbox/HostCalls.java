package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Caller;

/**
 * Answers what code in a sandbox asks of the server over the bridge. Thread-safe; called on a
 * virtual thread, so it may wait.
 */
public interface HostCalls {
  /** Refuses everything. */
  HostCalls DENIED =
      request -> {
        throw MnemeException.denied("bridge_unavailable", "The bridge is not available.");
      };

  /**
   * The answer to a request. A {@link MnemeException} becomes an exception in the code that asked.
   */
  JsonNode answer(Request request);

  /**
   * One request.
   *
   * @param caller on whose behalf the code runs
   * @param code the name of the code that asks
   * @param operation what it asks for; text from code that may be hostile
   * @param payload arguments; likewise
   */
  record Request(Caller caller, String code, String operation, JsonNode payload) {}
}
