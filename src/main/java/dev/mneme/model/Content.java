package dev.mneme.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/** A part of what was said; the same for models, for messages at rest and for the faces. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Content.Text.class, name = "text"),
  @JsonSubTypes.Type(value = Content.Image.class, name = "image"),
  @JsonSubTypes.Type(value = Content.Reasoning.class, name = "reasoning"),
  @JsonSubTypes.Type(value = Content.RedactedReasoning.class, name = "redacted_reasoning"),
})
public sealed interface Content {
  /** Plain text. */
  record Text(String text) implements Content {}

  /**
   * A picture.
   *
   * @param mediaType such as {@code image/png}
   * @param data Base64
   */
  record Image(String mediaType, String data) implements Content {}

  /**
   * What a model thought.
   *
   * @param signature has to go back to the provider unchanged where it gave one
   */
  record Reasoning(String reasoning, Optional<String> signature) implements Content {}

  /** Thoughts that the provider hides; they go back to it unchanged. */
  record RedactedReasoning(String data) implements Content {}

  static Content text(String text) {
    return new Text(text);
  }
}
