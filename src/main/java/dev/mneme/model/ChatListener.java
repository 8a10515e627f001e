package dev.mneme.model;

/** Told of an answer while it is being written, on the thread that waits for it. */
public interface ChatListener {
  ChatListener NONE = new ChatListener() {};

  default void onReasoning(String delta) {}

  default void onText(String delta) {}

  /**
   * @param index which of the answer's tool requests, from 0
   * @param id and {@code name}: whole, and told with the first delta of the request; later empty
   */
  default void onToolRequest(int index, String id, String name, String argumentsDelta) {}
}
