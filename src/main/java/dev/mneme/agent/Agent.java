package dev.mneme.agent;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.memory.Fields;
import dev.mneme.memory.journal.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An owner of memory.
 *
 * @param id {@code agent-<uuid4>}
 * @param name several may have the same; who asks by name then is told so
 * @param archiveId its default archive; empty until it first remembers something there
 * @param lastRun not journaled
 * @param sequence the journal sequence of the last change of its settings
 */
public record Agent(
    String id,
    String name,
    String description,
    List<String> tags,
    Map<String, Object> metadata,
    Optional<String> archiveId,
    AgentSettings settings,
    LastRun lastRun,
    Instant createdAt,
    Instant updatedAt,
    long sequence) {
  public static final String KIND = "agent";

  public Agent {
    Fields.name("agent name", name);
    if (Ids.isId("agent", name)) {
      throw MnemeException.invalid(
          "invalid_name", "An agent's name must not look like an agent's id; choose another.");
    }
    Fields.description(description);
    tags = Fields.tags(tags);
    metadata = Fields.metadata(metadata);
  }

  Agent with(AgentUpdate update) {
    return new Agent(
        id,
        update.name().orElse(name),
        update.description().orElse(description),
        update.tags().orElse(tags),
        update.metadata().orElse(metadata),
        archiveId,
        update.settings().orElse(settings),
        lastRun,
        createdAt,
        updatedAt,
        sequence);
  }

  Agent withArchive(String archive) {
    return new Agent(
        id,
        name,
        description,
        tags,
        metadata,
        Optional.of(archive),
        settings,
        lastRun,
        createdAt,
        updatedAt,
        sequence);
  }

  /** As the change of this stamp left it. */
  Agent at(Stamp stamp) {
    return new Agent(
        id,
        name,
        description,
        tags,
        metadata,
        archiveId,
        settings,
        lastRun,
        createdAt,
        stamp.at(),
        stamp.sequence());
  }

  Agent with(LastRun ran) {
    return new Agent(
        id,
        name,
        description,
        tags,
        metadata,
        archiveId,
        settings,
        ran,
        createdAt,
        updatedAt,
        sequence);
  }
}
