package dev.mneme.model.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes the events of one answer. */
public interface EventHandler {
  /**
   * @return whether the answer is complete with this event
   */
  boolean onEvent(JsonNode data);
}
