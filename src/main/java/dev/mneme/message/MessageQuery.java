package dev.mneme.message;

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
  public MessageQuery {
    roles = Set.copyOf(roles);
  }
}
