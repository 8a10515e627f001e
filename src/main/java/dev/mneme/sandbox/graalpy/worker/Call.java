package dev.mneme.sandbox.graalpy.worker;

import java.util.Map;
import java.util.Set;

/**
 * One piece of work as the host sent it.
 *
 * @param kind function, script, session or tests
 * @param space what may share a context between trusted calls; the host gives one per owner
 * @param arguments JSON text
 * @param files what goes in with it, as {@link Attachments} reads it
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
    String files,
    String space,
    int output,
    int result) {

  private static final Set<String> KINDS = Set.of("function", "script", "session", "tests");

  /** Whether it runs among what earlier ones left, and leaves what it makes. */
  boolean keeps() {
    return kind.equals("session");
  }

  /** Throws {@link IllegalArgumentException} for a message that lacks something. */
  static Call of(Map<String, Object> message) {
    String kind = text(message, "kind");
    if (!KINDS.contains(kind)) {
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
        text(message, "files"),
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
