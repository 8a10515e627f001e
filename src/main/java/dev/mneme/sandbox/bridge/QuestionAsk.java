package dev.mneme.sandbox.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.tool.Budget;
import dev.mneme.tool.Form;
import dev.mneme.tool.Reply;
import dev.mneme.tool.ToolCall;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
  private static final String ACTION = "action";
  private static final String CLOSED = "the user closed it";
  private static final String MISFIT = "the client's answer has another form";

  private final Set<Owner> asking = new HashSet<>();

  @Override
  public JsonNode answer(ToolCall call, JsonNode payload) {
    QuestionForm question = new QuestionForm(new Payload(payload));
    Form form = question.form();
    Budget budget = call.grants().budget();
    budget.question();
    Reply reply = budget.silence().<Reply>map(Reply.Nobody::new).orElseGet(() -> ask(call, form));
    if (reply instanceof Reply.Closed) {
      // Who put one question away is not to be bothered with the next.
      budget.unanswered(CLOSED);
    }
    return question.hasFields() ? filled(form, reply, budget) : answered(form, reply, budget);
  }

  private static JsonNode filled(Form form, Reply reply, Budget budget) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return switch (reply) {
      case Reply.Given given ->
          form.content(given.value())
              .<JsonNode>map(content -> answer.put(ACTION, "accept").set("values", content))
              .orElseGet(() -> unanswered(form, MISFIT, budget));
      case Reply.Declined _ -> answer.put(ACTION, "decline");
      case Reply.Closed _ -> answer.put(ACTION, "cancel");
      case Reply.Nobody nobody -> unanswered(form, nobody.why(), budget);
    };
  }

  private static JsonNode answered(Form form, Reply reply, Budget budget) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return switch (reply) {
      case Reply.Given given ->
          form.content(given.value())
              .<JsonNode>map(content -> answer.set("value", content.get(QuestionForm.ANSWER)))
              .orElseGet(() -> unanswered(form, MISFIT, budget));
      case Reply.Declined _ -> answer.put("declined", true);
      case Reply.Closed _ -> unanswered(form, CLOSED, budget);
      case Reply.Nobody nobody -> unanswered(form, nobody.why(), budget);
    };
  }

  private static JsonNode unanswered(Form form, String why, Budget budget) {
    budget.unanswered(why);
    return JsonNodeFactory.instance
        .objectNode()
        .put(
            "unanswered",
            "There is no answer to the question '"
                + form.message()
                + "': "
                + why
                + ". Ask the user, then run the code again with the answer in it.");
  }

  private Reply ask(ToolCall call, Form form) {
    Optional<String> refusal = begin(call.owner());
    if (refusal.isPresent()) {
      return new Reply.Nobody(refusal.get());
    }
    try {
      return call.listener().ask(form);
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
}
