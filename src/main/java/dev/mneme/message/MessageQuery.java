package dev.mneme.message;

import dev.mneme.common.MnemeException;
import java.util.Optional;
import java.util.Set;

/**
 * A page of messages.
 *
 * @param conversationId absent: of all the agent's conversations
 * @param before only those older than this message's id
 * @param after only those newer
 * @param roles empty: all
 */
public record MessageQuery(
    Optional<String> agentId,
    Optional<String> conversationId,
    Optional<String> runId,
    Optional<String> stepId,
    Set<Role> roles,
    Optional<String> before,
    Optional<String> after,
    boolean ascending,
    int limit) {
  /** The largest page. */
  public static final int MAX = 1000;

  public MessageQuery {
    roles = Set.copyOf(roles);
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A page has 1 to " + MAX + " messages.");
    }
  }

  /** The newest messages of an agent, newest first. */
  public static MessageQuery ofAgent(String agentId, int limit) {
    return new MessageQuery(
        Optional.of(agentId),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        limit);
  }
}
