package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;

/**
 * Hears what a server tells of one call, and answers what it asks meanwhile. Returns quickly, but
 * for {@link #elicit} and {@link #sample}, and does not throw but from the latter.
 */
public interface CallListener {
  /** Hears nothing and declines whatever is asked. */
  CallListener NONE = new CallListener() {};

  /** Progress towards {@code total}; a total of 0 means it is not known. */
  default void progress(double progress, double total, String message) {}

  default void log(String level, String text) {}

  /**
   * Has a form filled in by the person the call is made for; waits for that on a thread of its own.
   *
   * @param params of {@code elicitation/create}, as the server wrote them
   * @return the result as it goes back: an action, and the content where it was accepted
   */
  default ObjectNode elicit(ObjectNode params) {
    return Json.mapper().createObjectNode().put("action", "decline");
  }

  /** Whether the server may ask for a model in this call. */
  default boolean offersModel() {
    return false;
  }

  /**
   * Has a model answer; waits for that on a thread of its own.
   *
   * @param params of {@code sampling/createMessage}, as the server wrote them
   * @return the result as it goes back
   * @throws CallFailed where the server is not given what it wants
   */
  default ObjectNode sample(ObjectNode params) throws CallFailed {
    throw new CallFailed(CallFailed.Reason.WITHHELD, "it was not offered a model");
  }
}
