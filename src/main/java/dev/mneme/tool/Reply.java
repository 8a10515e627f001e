package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a form. */
public sealed interface Reply {
  /**
   * @param value what the person filled in, which need not fit the form
   */
  record Given(JsonNode value) implements Reply {}

  /** The person does not want to answer. */
  record Declined() implements Reply {}

  /** The person put the question away and said nothing. */
  record Closed() implements Reply {}

  /**
   * No answer can be had now.
   *
   * @param why in words, such as {@code the client cannot ask}
   */
  record Nobody(String why) implements Reply {}
}
