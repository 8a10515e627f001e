package dev.mneme.engine.builtin;

import dev.mneme.common.Texts;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where what an agent writes in a turn comes from.
 *
 * <p>The rule: a model's write is of origin {@code model} until the turn has shown it text from a
 * tool's code or from outside. From then on until the turn ends, all it writes carries the least
 * trusted origin it has read, and the newest source of it. Passages read from archival memory are
 * parents of what is written after them. Thread-safe.
 */
public final class Lineage {
  private static final int MAX_PARENTS = 200;

  private final Set<Long> parents = new LinkedHashSet<>();
  private Origin origin = Origin.MODEL;
  private Optional<String> source = Optional.empty();

  /** Notes that the model reads text of this origin. */
  public synchronized void read(Origin from, String name) {
    if ((from == Origin.TOOL || from == Origin.EXTERNAL) && from.compareTo(origin) >= 0) {
      origin = from;
      source = Optional.of(Texts.head(name, 200));
    }
  }

  /** Notes that the model reads memory written by these journal entries. */
  public synchronized void read(Collection<Long> sequences) {
    sequences.stream().filter(s -> s > 0 && parents.size() < MAX_PARENTS).forEach(parents::add);
  }

  /** The provenance of a write of the agent now. */
  public synchronized Change change(String agentId, String runId, String stepId, String toolCall) {
    return new Change(
        agentId,
        origin,
        source,
        Optional.of(runId),
        Optional.of(stepId),
        Optional.of(Texts.head(toolCall, 200)),
        List.copyOf(new ArrayList<>(parents)));
  }
}
