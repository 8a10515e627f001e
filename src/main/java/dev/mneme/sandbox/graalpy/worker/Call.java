package dev.mneme.sandbox.graalpy.worker;

import java.util.Map;

/**
 * One piece of work as the host sent it.
 *
 * @param kind function, script or tests
 * @param space what may share a context between trusted calls; the host gives one per owner
 * @param arguments JSON text
 * @param output characters of output kept
 * @param result bytes of result allowed
 */
record Call(
    String id,
    String kind,
    String name,
    String source,
    String sha256,
    String function,
    String arguments,
    String space,
    int output,
    int result) {

  /** Throws {@link IllegalArgumentException} for a message that lacks something. */
  static Call of(Map<String, Object> message) {
    String kind = text(message, "kind");
    if (!kind.equals("function") && !kind.equals("script") && !kind.equals("tests")) {
      throw new IllegalArgumentException("unknown kind of call");
    }
    return new Call(
        text(message, "id"),
        kind,
        text(message, "name"),
        text(message, "source"),
        text(message, "sha256"),
        text(message, "function"),
        text(message, "arguments"),
        text(message, "space"),
        number(message, "output"),
        number(message, "result"));
  }

  private static String text(Map<String, Object> message, String key) {
    if (message.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a call needs the text " + key);
  }

  private static int number(Map<String, Object> message, String key) {
    if (message.get(key) instanceof Long number) {
      return Math.clamp(number, 0, Integer.MAX_VALUE);
    }
    throw new IllegalArgumentException("a call needs the number " + key);
  }
}
