package dev.mneme.engine;

import dev.mneme.engine.prompt.Packing;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.message.ToolReturn;
import dev.mneme.model.ToolRequest;
import java.util.List;

/** Messages as a text to be read by somebody who was not there. */
final class Transcript {
  private Transcript() {}

  static String of(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      if (message.hidden()) {
        continue;
      }
      line(text, message.role().text(), said(message));
      for (ToolRequest request : message.toolRequests()) {
        line(text, "tool call", request.name() + " " + request.arguments());
      }
      for (ToolReturn ended : message.toolReturns()) {
        line(text, ended.isError() ? "tool error" : "tool return", ended.text());
      }
    }
    return text.toString();
  }

  /** What a message says; a summary unpacked. */
  static String said(Message message) {
    return message.role() == Role.SUMMARY ? Packing.summaryText(message.text()) : message.text();
  }

  /** Beginning and end of a text, with a note on what was left out between. */
  static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int half = Math.max(1, length / 2);
    return text.substring(0, half)
        + "\n[… "
        + (text.length() - 2 * half)
        + " characters left out …]\n"
        + text.substring(text.length() - half);
  }

  private static void line(StringBuilder text, String who, String said) {
    if (!said.isBlank()) {
      text.append(who).append(": ").append(said).append('\n');
    }
  }
}
