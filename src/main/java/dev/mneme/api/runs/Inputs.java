package dev.mneme.api.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.api.http.Body;
import dev.mneme.api.http.Unprocessable;
import dev.mneme.common.MnemeException;
import dev.mneme.engine.Incoming;
import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the messages that clients send to an agent. */
final class Inputs {
  private static final Set<String> ROLES = Set.of("user", "system", "assistant");

  private static final int MAX_REMOTE = 10;

  private final Pictures pictures;
  private int fetched;

  private Inputs(Pictures pictures) {
    this.pictures = pictures;
  }

  /** Either {@code messages} or {@code input}. */
  static List<Incoming> of(Body body, Pictures pictures) {
    return new Inputs(pictures).read(body);
  }

  private List<Incoming> read(Body body) {
    Optional<List<Body>> messages = body.bodies("messages");
    Optional<JsonNode> input = body.any("input");
    if (messages.isPresent() == input.isPresent()) {
      throw new Unprocessable("body", "give either 'messages' or 'input'");
    }
    if (input.isPresent()) {
      return List.of(user(content(body, "input")));
    }
    if (messages.orElseThrow().isEmpty()) {
      throw body.wrong("messages", "a list of at least one message");
    }
    return messages.get().stream().map(this::message).toList();
  }

  private static Incoming user(List<Content> content) {
    return new Incoming(
        Role.USER, Origin.USER, content, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private Incoming message(Body message) {
    if (!message.text("type").orElse("message").equals("message")) {
      throw message.wrong("type", "message or approval");
    }
    String role = message.text("role").orElse("user");
    if (!ROLES.contains(role)) {
      throw message.wrong("role", "user, system or assistant");
    }
    return new Incoming(
        Role.of(role),
        Origin.USER,
        content(message, "content"),
        message.text("name"),
        message.text("otid"),
        message.text("sender_id"));
  }

  private List<Content> content(Body body, String field) {
    JsonNode value = body.any(field).orElseThrow(() -> body.missing(field));
    List<Content> content = new ArrayList<>();
    if (value.isTextual()) {
      text(value.textValue(), content);
    } else if (value.isArray()) {
      body.bodies(field).orElseThrow().forEach(part -> part(part, content));
    } else {
      throw body.wrong(field, "a string or a list of parts");
    }
    if (content.isEmpty()) {
      throw body.wrong(field, "a text that is not empty");
    }
    return content;
  }

  private void part(Body part, List<Content> content) {
    switch (part.text("type").orElse("text")) {
      case "text" -> text(part.requireText("text"), content);
      case "image" -> content.add(image(part));
      default -> throw part.wrong("type", "text or image");
    }
  }

  private static void text(String text, List<Content> content) {
    if (!text.isEmpty()) {
      content.add(Content.text(text));
    }
  }

  private Content image(Body part) {
    Body source =
        Body.of("source", part.object("source").orElseThrow(() -> part.missing("source")));
    return switch (source.text("type").orElse("base64")) {
      case "base64" -> new Content.Image(source.requireText("media_type"), base64(source));
      case "url" -> remote(source.requireText("url"));
      default -> throw source.wrong("type", "base64 or url");
    };
  }

  /** A model would refuse it each time, once it is in the conversation. */
  private static String base64(Body source) {
    String data = source.requireText("data");
    try {
      if (Base64.getDecoder().decode(data).length > 0) {
        return data;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw source.wrong("data", "an image in Base64");
  }

  private Content remote(String url) {
    if (++fetched > MAX_REMOTE) {
      throw MnemeException.invalid(
          "too_many_images",
          "A request may name " + MAX_REMOTE + " images by url; send others as Base64.");
    }
    return pictures.fetch(url);
  }
}
