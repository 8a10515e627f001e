package dev.mneme.engine;

import dev.mneme.store.Reads;
import java.util.Optional;

/** Where the engine learns how an agent works. Thread-safe. */
@FunctionalInterface
public interface AgentProfiles {
  Optional<AgentProfile> find(Reads reads, String agentId);
}
