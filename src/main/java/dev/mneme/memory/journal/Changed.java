package dev.mneme.memory.journal;

import dev.mneme.common.Owner;
import java.util.List;
import java.util.Set;

/**
 * What one call changed, told after it is durable.
 *
 * @param sequence of its last journal row
 * @param subjects what changed
 * @param agents whose memory it touches: their prompts are stale now
 */
public record Changed(Owner owner, long sequence, List<Subject> subjects, Set<String> agents) {
  public Changed {
    subjects = List.copyOf(subjects);
    agents = Set.copyOf(agents);
  }
}
