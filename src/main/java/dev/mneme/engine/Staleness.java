package dev.mneme.engine;

import dev.mneme.memory.journal.ChangeListener;
import dev.mneme.memory.journal.Changed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the runs under way that memory in their prompt has changed, whoever changed it. Runs that
 * begin later compare the stored prompt with memory, so that nothing has to be kept. Thread-safe.
 */
public final class Staleness implements ChangeListener {
  private final Map<String, List<AtomicBoolean>> watched = new ConcurrentHashMap<>();

  /** A mark that is set with each change of the agent's memory. */
  AtomicBoolean watch(String agentId) {
    AtomicBoolean mark = new AtomicBoolean();
    watched.compute(
        agentId,
        (_, marks) -> {
          List<AtomicBoolean> all = marks == null ? new CopyOnWriteArrayList<>() : marks;
          all.add(mark);
          return all;
        });
    return mark;
  }

  void end(String agentId, AtomicBoolean mark) {
    watched.computeIfPresent(
        agentId,
        (_, marks) -> {
          marks.remove(mark);
          return marks.isEmpty() ? null : marks;
        });
  }

  @Override
  public void changed(Changed changed) {
    for (String agentId : changed.agents()) {
      watched.getOrDefault(agentId, List.of()).forEach(mark -> mark.set(true));
    }
  }
}
