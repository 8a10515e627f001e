package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.message.Conversation;
import java.util.List;
import java.util.Optional;

/**
 * What an agent is asked to do.
 *
 * @param consents answers to calls that wait for consent, instead of input
 * @param tokens whether deltas are told
 * @param requestConfig what the client asked about the form of the answer; kept with the run
 */
public record SendRequest(
    Conversation conversation,
    List<Incoming> input,
    List<ConsentReply> consents,
    int maxSteps,
    boolean tokens,
    boolean background,
    Optional<String> overrideModel,
    Optional<String> overrideSystem,
    Optional<String> callbackUrl,
    ObjectNode requestConfig) {
  public static final int MAX_STEPS = 50;

  public SendRequest {
    input = List.copyOf(input);
    consents = List.copyOf(consents);
  }

  /** Nothing to say: for work on a conversation itself. */
  static SendRequest silent(Conversation conversation) {
    return of(conversation, List.of(), 1);
  }

  /** One message for an agent, whole messages back, by the agent's own settings. */
  public static SendRequest of(Conversation conversation, Incoming message, int maxSteps) {
    return of(conversation, List.of(message), maxSteps);
  }

  private static SendRequest of(Conversation conversation, List<Incoming> input, int maxSteps) {
    return new SendRequest(
        conversation,
        input,
        List.of(),
        maxSteps,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Json.mapper().createObjectNode());
  }
}
