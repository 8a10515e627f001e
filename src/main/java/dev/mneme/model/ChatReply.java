package dev.mneme.model;

import java.util.List;

/**
 * A whole answer.
 *
 * @param content reasoning and text in their order; may be empty
 */
public record ChatReply(
    List<Content> content, List<ToolRequest> toolRequests, Finish finish, ChatUsage usage) {
  /** Why the model stopped. */
  public enum Finish {
    STOP,
    TOOLS,
    LENGTH,
    FILTERED
  }

  public ChatReply {
    content = List.copyOf(content);
    toolRequests = List.copyOf(toolRequests);
  }
}
