package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.tool.Question;
import dev.mneme.tool.Question.Kind;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolCall;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ask}: a question to the user, never for a secret: whoever has the code could have written
 * the question, and would get the answer.
 */
public final class QuestionAsk implements Operation {
  /** The name under which code asks. */
  public static final String NAME = "ask";

  private static final int MAX_TEXT = 1_000;
  private static final int MAX_CHOICES = 20;
  private static final int MAX_CHOICE = 100;
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b(pass[ -]?(word|phrase|code)|secret|credential|(api|access|private|secret)[ _-]?key"
              + "|(access|auth|api|bearer|login|session|security)[ _-]?token"
              + "|pin|cvv|cvc|(card|account|social security) number|ssn)s?\\b",
          Pattern.CASE_INSENSITIVE);

  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    Question question = question(new Payload(payload));
    call.grants().budget().question();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return switch (call.listener().ask(question)) {
      case Reply.Given given -> answer.set("value", given.value());
      case Reply.Declined _ -> answer.put("declined", true);
      case Reply.Nobody nobody ->
          answer.put(
              "unanswered",
              "There is no answer to the question '"
                  + question.text()
                  + "': "
                  + nobody.why()
                  + ". Ask the user, then run the code again with the answer in it.");
    };
  }

  private static Question question(Payload payload) {
    String text = payload.text("question").strip();
    List<String> choices = payload.texts("choices");
    boolean fits =
        choices.size() <= MAX_CHOICES
            && choices.stream().allMatch(one -> !one.isBlank() && one.length() <= MAX_CHOICE);
    if (text.isEmpty() || text.length() > MAX_TEXT || !fits) {
      throw MnemeException.invalid(
          "invalid_question",
          "A question has at most "
              + MAX_TEXT
              + " characters and "
              + MAX_CHOICES
              + " choices of "
              + MAX_CHOICE
              + ".");
    }
    if (Stream.concat(Stream.of(text), choices.stream()).anyMatch(QuestionAsk::isForSecret)) {
      throw MnemeException.denied(
          "question_for_secret",
          "Code must not ask the user for secrets: the operator can grant them, and mneme.secrets"
              + " has them then.");
    }
    return new Question(text, kind(payload, choices), choices);
  }

  private static Kind kind(Payload payload, List<String> choices) {
    String kind = payload.optional("kind").orElse("text");
    if (!choices.isEmpty()) {
      return Kind.CHOICE;
    }
    return switch (kind) {
      case "text" -> Kind.TEXT;
      case "yes_no" -> Kind.YES_NO;
      case "number" -> Kind.NUMBER;
      default -> throw Payload.wrong("kind", "text, yes_no or number");
    };
  }

  private static boolean isForSecret(String text) {
    return SECRET.matcher(text).find();
  }
}
