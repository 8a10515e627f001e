package dev.mneme.message;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;

/**
 * Which buffer of an agent is meant. Every agent has one called {@code default}.
 *
 * @param id {@code default} or {@code conv-<uuid4>}
 */
public record Conversation(String agentId, String id) {
  public static final String DEFAULT = "default";

  public Conversation {
    if (!id.equals(DEFAULT) && !Ids.isId("conv", id)) {
      throw MnemeException.invalid(
          "invalid_conversation", "A conversation is 'default' or has the form conv-<uuid4>.");
    }
  }

  public static Conversation of(String agentId) {
    return new Conversation(agentId, DEFAULT);
  }
}
