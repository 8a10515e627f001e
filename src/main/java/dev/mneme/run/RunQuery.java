package dev.mneme.run;

import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A page of runs, by the time of their acceptance.
 *
 * @param agentIds empty: of all agents
 * @param statuses empty: all
 * @param active whether it has not ended yet
 * @param before only those older than the run with this id
 * @param after only those newer
 */
public record RunQuery(
    List<String> agentIds,
    Set<RunStatus> statuses,
    Optional<Boolean> active,
    Optional<Boolean> background,
    Optional<String> conversationId,
    Optional<StopReason> stopReason,
    Optional<String> before,
    Optional<String> after,
    boolean ascending,
    int limit) {
  /** The largest page. */
  public static final int MAX = 1000;

  public RunQuery {
    agentIds = List.copyOf(agentIds);
    statuses = Set.copyOf(statuses);
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A page has 1 to " + MAX + " runs.");
    }
  }

  /** The runs of an agent that have not ended, oldest first. */
  public static RunQuery activeOf(String agentId) {
    return new RunQuery(
        List.of(agentId),
        Set.of(),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        MAX);
  }

  /** The newest runs of all agents. */
  public static RunQuery newest(int limit) {
    return new RunQuery(
        List.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        limit);
  }
}
