package dev.mneme.engine.builtin;

import dev.mneme.common.Owner;
import dev.mneme.message.Message;
import dev.mneme.message.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds messages of an agent by what they say. Thread-safe. */
public interface ConversationSearch {
  /**
   * What to look for.
   *
   * @param text empty: the newest messages
   * @param roles empty: user, assistant and tool
   * @param until exclusive
   */
  record Query(
      String agentId,
      String text,
      Set<Role> roles,
      Optional<Instant> from,
      Optional<Instant> until,
      int limit) {
    public Query {
      roles = Set.copyOf(roles);
    }
  }

  /**
   * A message found.
   *
   * @param relevance 0 to 1; 0 where no text was looked for
   */
  record Hit(Message message, double relevance) {}

  /** The best hits first; hidden messages are never found. */
  List<Hit> search(Owner owner, Query query);
}
