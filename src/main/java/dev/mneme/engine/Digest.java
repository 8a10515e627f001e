package dev.mneme.engine;

import dev.mneme.common.Texts;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import dev.mneme.model.ToolRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A summary made without a model: the beginnings of what was said, and which tools were called. The
 * same messages give the same digest.
 */
final class Digest {
  private static final int LINE = 200;
  private static final int MAX_LINES = 60;

  private Digest() {}

  static String of(List<Message> messages) {
    List<String> lines = new ArrayList<>();
    Map<String, Integer> tools = new LinkedHashMap<>();
    for (Message message : messages) {
      boolean told =
          message.role() == Role.USER
              || message.role() == Role.ASSISTANT
              || message.role() == Role.SUMMARY;
      String said = Transcript.said(message).strip().replaceAll("\\s+", " ");
      if (told && !message.hidden() && !said.isEmpty()) {
        lines.add("- " + message.role().text() + ": " + shortened(said, message.role()));
      }
      for (ToolRequest request : message.toolRequests()) {
        tools.merge(request.name(), 1, Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(messages.size()).append(" earlier messages left the context; ");
    text.append("conversation_search finds them. How they began:\n");
    int skipped = Math.max(0, lines.size() - MAX_LINES);
    if (skipped > 0) {
      text.append("- (").append(skipped).append(" older lines are left out)\n");
    }
    lines.subList(skipped, lines.size()).forEach(line -> text.append(line).append('\n'));
    if (!tools.isEmpty()) {
      text.append("Tools called: ");
      text.append(
          tools.entrySet().stream()
              .map(tool -> tool.getKey() + " (" + tool.getValue() + ")")
              .collect(Collectors.joining(", ")));
    }
    return text.toString().stripTrailing();
  }

  private static String shortened(String said, Role role) {
    int most = role == Role.SUMMARY ? LINE * 20 : LINE;
    return Texts.shorten(said, most);
  }
}
