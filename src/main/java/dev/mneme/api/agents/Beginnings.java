package dev.mneme.api.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.http.Body;
import dev.mneme.engine.Incoming;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code initial_message_sequence}: what a new agent's conversation begins with. */
final class Beginnings {
  private Beginnings() {}

  static Optional<List<Incoming>> read(Body body) {
    return body.bodies("initial_message_sequence")
        .map(messages -> messages.stream().map(Beginnings::message).toList());
  }

  private static Incoming message(Body message) {
    return new Incoming(
        role(message),
        Origin.USER,
        List.of(Content.text(text(message))),
        message.text("name"),
        message.text("otid"),
        message.text("sender_id"));
  }

  private static Role role(Body message) {
    return switch (message.requireText("role")) {
      case "user" -> Role.USER;
      case "system" -> Role.SYSTEM;
      case "assistant" -> Role.ASSISTANT;
      default -> throw message.wrong("role", "user, system or assistant");
    };
  }

  private static String text(Body message) {
    JsonNode content = message.any("content").orElseThrow(() -> message.missing("content"));
    if (content.isTextual()) {
      return content.textValue();
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : content) {
      if (!part.path("text").isTextual()) {
        throw message.wrong("content", "a string, or a list of parts with a text each");
      }
      parts.add(part.path("text").textValue());
    }
    return String.join("\n", parts);
  }
}
