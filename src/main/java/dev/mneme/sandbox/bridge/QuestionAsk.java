package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Question;
import dev.mneme.tool.Question.Kind;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolCall;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code ask}: a question to the user, never for a secret: whoever has the code could have written
 * the question, and would get the answer. Thread-safe.
 *
 * <p>Code that waits for a person holds a worker. So one question of an owner waits at a time, few
 * of all owners together, and none of a call that got no answer before.
 */
public final class QuestionAsk implements Operation {
  /** The name under which code asks. */
  public static final String NAME = "ask";

  private static final int MAX_WAITING = 8;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_CHOICES = 20;
  private static final int MAX_CHOICE = 100;
  private static final Pattern SECRET =
      Pattern.compile(
          "\\b(pass[ -]?(word|phrase|code)|secret|credential|(api|access|private|secret)[ _-]?key"
              + "|(access|auth|api|bearer|login|session|security)[ _-]?token"
              + "|pin|cvv|cvc|(card|account|social security) number|ssn)s?\\b",
          Pattern.CASE_INSENSITIVE);

  private final Set<Owner> asking = new HashSet<>();

  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    Question question = question(new Payload(payload));
    Budget budget = call.grants().budget();
    budget.question();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    Reply reply =
        budget.silence().<Reply>map(Reply.Nobody::new).orElseGet(() -> ask(call, question));
    return switch (reply) {
      case Reply.Given given -> answer.set("value", given.value());
      case Reply.Declined _ -> answer.put("declined", true);
      case Reply.Nobody nobody -> {
        budget.unanswered(nobody.why());
        yield answer.put(
            "unanswered",
            "There is no answer to the question '"
                + question.text()
                + "': "
                + nobody.why()
                + ". Ask the user, then run the code again with the answer in it.");
      }
    };
  }

  private Reply ask(ToolCall call, Question question) {
    Optional<String> refusal = begin(call.owner());
    if (refusal.isPresent()) {
      return new Reply.Nobody(refusal.get());
    }
    try {
      return call.listener().ask(question);
    } finally {
      end(call.owner());
    }
  }

  private synchronized Optional<String> begin(Owner owner) {
    if (asking.size() >= MAX_WAITING) {
      return Optional.of(MAX_WAITING + " questions wait for users already, which is the most");
    }
    return asking.add(owner)
        ? Optional.empty()
        : Optional.of("another question waits for its answer, and only one may at a time");
  }

  private synchronized void end(Owner owner) {
    asking.remove(owner);
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
