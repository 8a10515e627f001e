package dev.mneme.model;

import java.util.List;

/**
 * All a model is given for one answer.
 *
 * @param messages a stable prefix of earlier requests of the same agent, so that providers can
 *     cache it
 */
public record ChatRequest(
    List<ChatMessage> messages,
    List<ToolSpec> tools,
    ToolChoice toolChoice,
    ChatSettings settings) {
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }
}
