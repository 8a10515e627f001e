package dev.mneme.engine;

import dev.mneme.memory.journal.Origin;
import dev.mneme.message.Role;
import dev.mneme.model.Content;
import java.util.List;
import java.util.Optional;

/**
 * A message for an agent.
 *
 * @param role user, system or assistant
 * @param otid the client's own id for it
 * @param senderId the agent or identity it comes from
 */
public record Incoming(
    Role role,
    Origin origin,
    List<Content> content,
    Optional<String> name,
    Optional<String> otid,
    Optional<String> senderId) {
  public Incoming {
    content = List.copyOf(content);
  }

  public static Incoming fromUser(String text) {
    return new Incoming(
        Role.USER,
        Origin.USER,
        List.of(Content.text(text)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
