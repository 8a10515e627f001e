package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what a description of a tool has no business to say: orders to whichever model reads it. It
 * knows what is seen in the field and no more; words that avoid it are not safe for that.
 */
final class Suspicion {
  /** Reason by what shows it; all are of linear time on what is bounded by {@link Definition}. */
  private static final Map<String, Pattern> SIGNS =
      Map.of(
          "it holds characters that nobody sees",
          Pattern.compile(
              "[\\x{200B}\\x{202A}-\\x{202E}\\x{2060}-\\x{2064}\\x{2066}-\\x{2069}\\x{FEFF}"
                  + "\\x{E0000}-\\x{E007F}]|[\\p{Cntrl}&&[^\\n\\r\\t]]"),
          "it tells its reader to forget other instructions",
          words(
              "(ignore|disregard|forget|override)\\W{1,3}(\\w{1,12}\\W{1,3}){0,3}"
                  + "(instructions?|rules|prompts?|guidelines)"),
          "it tells its reader to keep something from the user",
          words(
              "(do not|don.?t|never|without)\\W{1,3}(tell|inform|mention|notify|alert|reveal|show)"
                  + "(ing)?\\W{1,3}(\\w{1,12}\\W{1,3}){0,4}(user|human|operator)s?"),
          "it holds marks that set apart instructions",
          Pattern.compile(
              "<\\s{0,3}/?\\s{0,3}(important|system|instructions?|secret|admin)\\s{0,3}>"
                  + "|<\\|im_(start|end)\\|>|\\[/?INST\\]|<</?SYS>>",
              Pattern.CASE_INSENSITIVE),
          "it asks for what was said before or for the system prompt",
          words(
              "(reveal|repeat|print|send|include|output|append|leak)\\W{1,3}(\\w{1,12}\\W{1,3}){0,5}(system"
                  + " prompt|(conversation|chat) history|previous messages)"),
          "it names files that hold keys",
          Pattern.compile(
              "\\.ssh/|\\bid_(rsa|ed25519)\\b|/etc/(passwd|shadow)|\\.aws/credentials"
                  + "|\\.cursor/mcp\\.json",
              Pattern.CASE_INSENSITIVE));

  private Suspicion() {}

  private static Pattern words(String expression) {
    return Pattern.compile("\\b" + expression + "\\b", Pattern.CASE_INSENSITIVE);
  }

  /**
   * Why a tool is held back, in words that go on after a comma.
   *
   * @param node its definition, or a part of that
   */
  static Optional<String> of(JsonNode node) {
    if (node.isTextual()) {
      return sign(node.textValue());
    }
    return node.propertyStream()
        .map(Map.Entry::getKey)
        .map(Suspicion::sign)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> node.valueStream().map(Suspicion::of).flatMap(Optional::stream).findFirst());
  }

  private static Optional<String> sign(String text) {
    return SIGNS.entrySet().stream()
        .filter(sign -> sign.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
