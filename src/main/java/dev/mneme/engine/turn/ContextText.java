package dev.mneme.engine.turn;

import dev.mneme.common.Texts;
import dev.mneme.engine.turn.TurnContext.Entry;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Turns what a model is given into a text of bounded size: the oldest is left out. */
final class ContextText {
  private static final String RETURN = "tool_return";

  private ContextText() {}

  /**
   * @param most characters of all entries; the newest is always there
   */
  static TurnContext of(List<ChatMessage> messages, int most) {
    StringBuilder system = new StringBuilder();
    List<Entry> all = new ArrayList<>();
    for (ChatMessage message : messages) {
      switch (message) {
        case ChatMessage.Instructions instructions -> system.append(instructions.text());
        case ChatMessage.User user -> all.add(said("user", text(user.content())));
        case ChatMessage.Assistant assistant -> add(all, assistant);
        case ChatMessage.ToolReplies replies -> {
          for (ToolReply reply : replies.replies()) {
            all.add(new Entry(RETURN, reply.text(), Optional.of(reply.name())));
          }
        }
      }
    }
    Deque<Entry> shown = new ArrayDeque<>();
    int left = most;
    for (int i = all.size() - 1; i >= 0; i--) {
      Entry entry = cut(all.get(i), most / 2);
      left -= entry.text().length();
      if (left < 0 && !shown.isEmpty()) {
        break;
      }
      shown.addFirst(entry);
    }
    // A return says nothing without its call.
    while (shown.size() > 1
        && shown.size() < all.size()
        && shown.getFirst().kind().equals(RETURN)) {
      shown.removeFirst();
    }
    return new TurnContext(system.toString(), List.copyOf(shown), all.size() - shown.size());
  }

  private static void add(List<Entry> all, ChatMessage.Assistant assistant) {
    String text = text(assistant.content());
    if (!text.isBlank()) {
      all.add(said("assistant", text));
    }
    for (ToolRequest request : assistant.toolRequests()) {
      all.add(new Entry("tool_call", request.arguments(), Optional.of(request.name())));
    }
  }

  private static Entry said(String kind, String text) {
    return new Entry(kind, text, Optional.empty());
  }

  /** Thoughts stay with the one who thought them. */
  private static String text(List<Content> content) {
    List<String> parts = new ArrayList<>();
    for (Content part : content) {
      switch (part) {
        case Content.Text text -> parts.add(text.text());
        case Content.Image _ -> parts.add("[a picture]");
        case Content.Reasoning _, Content.RedactedReasoning _ -> {}
      }
    }
    return String.join("\n", parts);
  }

  private static Entry cut(Entry entry, int most) {
    String text = entry.text();
    if (text.length() <= most) {
      return entry;
    }
    int half = most / 2;
    String head = Texts.head(text, half);
    int tail = text.length() - half;
    if (Character.isLowSurrogate(text.charAt(tail))) {
      tail++;
    }
    return new Entry(
        entry.kind(),
        head
            + "\n[… "
            + (tail - head.length())
            + " characters left out …]\n"
            + text.substring(tail),
        entry.tool());
  }
}
