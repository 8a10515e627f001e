package dev.mneme.engine.prompt;

import dev.mneme.message.Conversation;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What a prompt says about its own making and about what is out of sight.
 *
 * @param earlier messages that are stored but not in context
 * @param passages in archival memory
 * @param tags of the passages, the most frequent first
 */
public record PromptNote(
    Conversation conversation,
    Instant compiledAt,
    ZoneId zone,
    long earlier,
    long passages,
    List<String> tags) {
  private static final String OPEN = "<memory_metadata>\n";
  private static final String CLOSE = "</memory_metadata>";
  private static final int MAX_TAGS = 20;

  public PromptNote {
    tags = List.copyOf(tags);
  }

  String text() {
    StringBuilder text = new StringBuilder(OPEN);
    text.append("- AGENT_ID: ").append(conversation.agentId()).append('\n');
    text.append("- CONVERSATION_ID: ").append(conversation.id()).append('\n');
    text.append("- System prompt last recompiled: ").append(Packing.time(compiledAt, zone));
    text.append("\n- ").append(earlier);
    text.append(
        " previous messages between you and the user are stored; conversation_search finds them\n");
    if (passages > 0) {
      text.append("- ").append(passages);
      text.append(" passages are in archival memory; archival_memory_search finds them\n");
    }
    if (!tags.isEmpty()) {
      text.append("- Tags in archival memory: ");
      text.append(
          String.join(", ", tags.stream().limit(MAX_TAGS).map(PromptNote::oneLine).toList()));
      text.append('\n');
    }
    return text.append(CLOSE).toString();
  }

  static boolean isNote(String text) {
    return text.startsWith(OPEN)
        && text.endsWith(CLOSE)
        && text.indexOf(CLOSE) == text.length() - CLOSE.length();
  }

  /** A tag is text from anywhere; it must not end the note. */
  private static String oneLine(String tag) {
    return tag.replace('\n', ' ').replace("<", "&lt;");
  }
}
