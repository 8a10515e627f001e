package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.tool.ToolCall;

/** Answers one kind of request. Thread-safe; it may wait. */
@FunctionalInterface
public interface Operation {
  /**
   * The answer.
   *
   * @param call whose code asks, with what it was granted
   * @param payload text from code that may be hostile
   * @throws dev.mneme.common.MnemeException what the code is told instead
   */
  JsonNode answer(ToolCall call, JsonNode payload);
}
