package dev.mneme.sandbox;

import dev.mneme.common.MnemeException;
import dev.mneme.tool.ToolCall;

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
   * The answer to a request, as JSON text: it came as text, goes as text, and its length is
   * counted. A {@link MnemeException} becomes an exception in the code that asked.
   */
  String answer(Request request);

  /** Whether the answer takes a person's time, which is not the call's. */
  default boolean waitsForPerson(String operation) {
    return false;
  }

  /**
   * One request.
   *
   * @param call the call whose code asks, with what it was granted
   * @param operation what it asks for; text from code that may be hostile
   * @param payload arguments, JSON if the code is honest; likewise
   */
  record Request(ToolCall call, String operation, String payload) {}
}
