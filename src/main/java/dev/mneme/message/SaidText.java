package dev.mneme.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.Content;
import dev.mneme.model.ToolRequest;

/**
 * What a message says, for finding it: its text, what tools were called with and what they
 * answered. Earlier searches of the conversation are left out, or they would find each other.
 */
public final class SaidText {
  private static final String SEARCH = "conversation_search";

  private final StringBuilder text = new StringBuilder();
  private final int max;

  private SaidText(int max) {
    this.max = max;
  }

  /**
   * @param body the message's row
   * @param max how many characters at the most
   */
  public static String ofBody(String body, int max) {
    MessageBody parsed = MessageBody.parse(body);
    SaidText said = new SaidText(max);
    for (Content part : parsed.content()) {
      if (part instanceof Content.Text one) {
        said.add(one.text());
      }
    }
    for (ToolRequest request : parsed.toolRequests()) {
      if (!request.name().equals(SEARCH)) {
        said.addArguments(request.arguments());
      }
    }
    for (ToolReturn one : parsed.toolReturns()) {
      if (!one.tool().equals(SEARCH)) {
        said.add(one.text());
      }
    }
    return said.text.toString();
  }

  private void addArguments(String arguments) {
    try {
      addValues(Json.parse(arguments));
    } catch (MnemeException _) {
      // A model may write anything there.
      add(arguments);
    }
  }

  private void addValues(JsonNode node) {
    if (node.isContainerNode()) {
      node.forEach(this::addValues);
    } else if (node.isTextual() || node.isNumber()) {
      add(node.asText());
    }
  }

  private void add(String part) {
    String one = part.strip();
    int room = max - text.length() - 1;
    if (!one.isEmpty() && room > 0) {
      text.append(text.isEmpty() ? "" : "\n").append(one, 0, Math.min(room, one.length()));
    }
  }
}
