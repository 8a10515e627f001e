package dev.mneme.model;

import java.util.List;
import java.util.Optional;

/** One entry of what a model is given, provider-neutral. */
public sealed interface ChatMessage {
  /** The instructions; the first message, if there is one. */
  record Instructions(String text) implements ChatMessage {}

  /** Said to the model. */
  record User(List<Content> content, Optional<String> name) implements ChatMessage {
    public User {
      content = List.copyOf(content);
    }
  }

  /** Said by the model: reasoning and text in their order, then the tools it asked for. */
  record Assistant(List<Content> content, List<ToolRequest> toolRequests) implements ChatMessage {
    public Assistant {
      content = List.copyOf(content);
      toolRequests = List.copyOf(toolRequests);
    }
  }

  /** The answers to all tool requests of the assistant message before it. */
  record ToolReplies(List<ToolReply> replies) implements ChatMessage {
    public ToolReplies {
      replies = List.copyOf(replies);
    }
  }
}
