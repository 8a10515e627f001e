package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a question. */
public sealed interface Reply {
  /**
   * @param value a text, a number, or true or false, as the question wanted it
   */
  record Given(JsonNode value) implements Reply {}

  /** The person does not want to answer. */
  record Declined() implements Reply {}

  /**
   * No answer can be had now.
   *
   * @param why in words, such as {@code the client cannot ask}
   */
  record Nobody(String why) implements Reply {}
}
