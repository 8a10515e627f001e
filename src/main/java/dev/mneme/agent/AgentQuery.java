package dev.mneme.agent;

import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;

/**
 * A page of agents.
 *
 * @param name exactly
 * @param tags agents that have any of them, or all
 * @param text part of the name, in whatever case
 * @param toolId agents that have this tool
 * @param lastStopReason how the last run ended
 * @param before only those that stand lower in this order's value than the agent with this id, as
 *     those made earlier; whatever the direction
 * @param after only those that stand higher
 */
public record AgentQuery(
    Optional<String> name,
    List<String> tags,
    boolean allTags,
    Optional<String> text,
    Optional<String> toolId,
    Optional<String> lastStopReason,
    Order order,
    boolean ascending,
    Optional<String> before,
    Optional<String> after,
    int limit) {
  /** The largest page. */
  public static final int MAX = 1000;

  /** By what agents are ordered; those that never ran stand lowest by their last run. */
  public enum Order {
    CREATED_AT,
    UPDATED_AT,
    LAST_RUN_COMPLETION
  }

  public AgentQuery {
    tags = tags.stream().distinct().toList();
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A page has 1 to " + MAX + " agents.");
    }
  }

  /** All agents, newest first. */
  public static AgentQuery newest(int limit) {
    return new AgentQuery(
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Order.CREATED_AT,
        false,
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  /** The agents that have a tool, oldest first. */
  static AgentQuery ofTool(String toolId, Optional<String> after) {
    return new AgentQuery(
        Optional.empty(),
        List.of(),
        false,
        Optional.empty(),
        Optional.of(toolId),
        Optional.empty(),
        Order.CREATED_AT,
        true,
        Optional.empty(),
        after,
        MAX);
  }
}
