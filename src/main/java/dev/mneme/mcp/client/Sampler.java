package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed;

/** Has a model answer the server of one call. Thread-safe; waits for the answer. */
@FunctionalInterface
interface Sampler {
  /**
   * @param params of {@code sampling/createMessage}, as the server wrote them
   * @return the result as it goes back
   * @throws CallFailed where it is not given what it wants, or the model failed
   */
  ObjectNode sample(ObjectNode params) throws CallFailed;
}
