package dev.mneme.search;

import dev.mneme.common.MnemeException;
import dev.mneme.message.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which messages to search for.
 *
 * @param text empty: the newest that pass the filters
 * @param agentId absent: of all the owner's agents
 * @param conversationId absent: of all conversations
 * @param roles of {@code user}, {@code assistant} and {@code tool}; empty: all of these. Nothing
 *     else is ever found, nor what is hidden.
 * @param from said at or after this time
 * @param until said before this time
 * @param mode by what
 * @param limit how many hits at the most, 1 to {@value #MAX}
 */
public record MessageSearch(
    String text,
    Optional<String> agentId,
    Optional<String> conversationId,
    Set<Role> roles,
    Optional<Instant> from,
    Optional<Instant> until,
    Mode mode,
    int limit) {
  public static final int MAX = 200;

  /** What a score is made of. */
  public enum Mode {
    HYBRID,
    WORDS,
    MEANING
  }

  public MessageSearch {
    roles = Set.copyOf(roles);
    if (limit < 1 || limit > MAX) {
      throw MnemeException.invalid("invalid_limit", "A search finds 1 to " + MAX + " messages.");
    }
  }

  /** In all an agent has heard and said. */
  public static MessageSearch ofAgent(String agentId, String text, int limit) {
    return new MessageSearch(
        text,
        Optional.of(agentId),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Mode.HYBRID,
        limit);
  }

  SearchQuery query() {
    List<Set<String>> labels = new ArrayList<>();
    if (!roles.isEmpty()) {
      Set<String> any = new TreeSet<>();
      roles.forEach(role -> any.add(MessageRows.label(role)));
      labels.add(any);
    }
    conversationId.ifPresent(id -> labels.add(Set.of(MessageRows.label(id))));
    return new SearchQuery(
        Kind.MESSAGE, text, agentId.map(Set::of).orElse(Set.of()), labels, from, until, limit);
  }

  /** The same for whoever says it: a found question lends to its answer. */
  MessageSearch ofAnyone() {
    return new MessageSearch(text, agentId, conversationId, Set.of(), from, until, mode, limit);
  }
}
