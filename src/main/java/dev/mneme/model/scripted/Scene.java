package dev.mneme.model.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ChatMessage;
import dev.mneme.model.Content;
import dev.mneme.model.ToolReply;
import dev.mneme.model.ToolRequest;
import dev.mneme.model.ToolSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a conversation stands when the model is asked.
 *
 * @param user what the user said last
 * @param replies of tools, if they are the last message
 * @param requests of the last answer
 * @param step which answer of the turn comes next, from 1
 * @param turn how many times the user spoke
 * @param characters of all messages
 */
record Scene(
    String instructions,
    String user,
    List<ToolReply> replies,
    List<ToolRequest> requests,
    int step,
    int turn,
    long characters,
    List<ToolSpec> tools) {
  private static final int CHARACTERS_A_TOKEN = 4;

  static Scene empty(List<ToolSpec> tools) {
    return new Scene("", "", List.of(), List.of(), 1, 0, 0, tools);
  }

  /** The scene after one more message. */
  Scene after(ChatMessage message) {
    return switch (message) {
      case ChatMessage.Instructions m ->
          new Scene(m.text(), user, replies, requests, step, turn, more(m.text().length()), tools);
      case ChatMessage.User m -> afterUser(text(m.content()));
      case ChatMessage.Assistant m ->
          new Scene(
              instructions,
              user,
              List.of(),
              m.toolRequests(),
              step + 1,
              turn,
              more(
                  text(m.content()).length()
                      + m.toolRequests().stream().mapToLong(r -> r.arguments().length()).sum()),
              tools);
      case ChatMessage.ToolReplies m ->
          new Scene(
              instructions,
              user,
              m.replies(),
              requests,
              step,
              turn,
              more(m.replies().stream().mapToLong(r -> r.text().length()).sum()),
              tools);
    };
  }

  /** What was said last, by the user or by tools. */
  String text() {
    return replies.isEmpty()
        ? user
        : replies.stream().map(r -> unpacked(r.text())).collect(Collectors.joining("\n"));
  }

  int tokens() {
    return (int) Math.min(Integer.MAX_VALUE, (characters + 3) / CHARACTERS_A_TOKEN);
  }

  boolean offers(String tool) {
    return tools.stream().anyMatch(t -> t.name().equals(tool));
  }

  /** Messages that agents pack as JSON are matched by the message inside. */
  static String unpacked(String text) {
    if (!text.startsWith("{") || !text.contains("\"message\"")) {
      return text;
    }
    try {
      JsonNode message = Json.parse(text).path("message");
      return message.isTextual() ? message.textValue() : text;
    } catch (MnemeException _) {
      return text;
    }
  }

  private Scene afterUser(String text) {
    // A heartbeat goes on with a turn; the user does not speak.
    boolean heartbeat =
        text.startsWith("{") && text.replace(" ", "").contains("\"type\":\"heartbeat\"");
    return heartbeat
        ? new Scene(instructions, user, replies, requests, step, turn, more(text.length()), tools)
        : new Scene(
            instructions,
            unpacked(text),
            List.of(),
            List.of(),
            1,
            turn + 1,
            more(text.length()),
            tools);
  }

  private long more(long length) {
    return characters + length;
  }

  private static String text(List<Content> content) {
    return content.stream()
        .flatMap(c ->
            c instanceof Content.Text t
                ? java.util.stream.Stream.of(t.text())
                : java.util.stream.Stream.empty())
        .collect(Collectors.joining("\n"));
  }
}
