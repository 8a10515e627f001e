package dev.mneme.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to change about an agent; absent parts stay as they are. */
public record AgentUpdate(
    Optional<String> name,
    Optional<String> description,
    Optional<List<String>> tags,
    Optional<Map<String, Object>> metadata,
    Optional<AgentSettings> settings) {
  public static AgentUpdate name(String name) {
    return new AgentUpdate(
        Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static AgentUpdate description(String text) {
    return new AgentUpdate(
        Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static AgentUpdate settings(AgentSettings settings) {
    return new AgentUpdate(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(settings));
  }
}
