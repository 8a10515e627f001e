package dev.mneme.engine;

import dev.mneme.memory.journal.ChangeListener;
import dev.mneme.memory.journal.Changed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells the runs under way that memory in their prompt has changed, whoever changed it. Runs that
 * begin later compare the stored prompt with memory, so that nothing has to be kept. Thread-safe.
 */
public final class Staleness implements ChangeListener {
  private final Map<String, List<StaleMark>> watched = new ConcurrentHashMap<>();

  /** A mark that is set with each change of the agent's memory. */
  StaleMark watch(String agentId) {
    StaleMark mark = new StaleMark();
    watched.compute(
        agentId,
        (_, marks) -> {
          List<StaleMark> all = marks == null ? new CopyOnWriteArrayList<>() : marks;
          all.add(mark);
          return all;
        });
    return mark;
  }

  void end(String agentId, StaleMark mark) {
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
      watched.getOrDefault(agentId, List.of()).forEach(StaleMark::set);
    }
  }
}
