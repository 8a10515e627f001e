package dev.mneme.search;

import dev.mneme.common.Owner;
import dev.mneme.memory.Passage;
import dev.mneme.message.Role;
import dev.mneme.message.SaidText;
import dev.mneme.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The messages. A message never changes once it can be found, so the order of writing is all there
 * is to follow; messages go only with their agent.
 */
final class MessageRows extends Rows {
  /** Who may be found. */
  static final Set<Role> FOUND = Set.of(Role.USER, Role.ASSISTANT, Role.TOOL);

  private static final String SEEN = "hidden = 0 AND role IN ('user', 'assistant', 'tool')";
  private static final String ROLE = "role:";
  private static final String CONVERSATION = "in:";

  MessageRows(Database database) {
    super(
        database,
        new Table(
            Kind.MESSAGE,
            "message",
            "message_id",
            "agent_id",
            "body",
            "message_id, owner_id, agent_id, conversation_id, role, hidden, body, created_at,"
                + " sequence",
            "sequence DESC"));
  }

  static String label(Role role) {
    return ROLE + role.text();
  }

  static String label(String conversationId) {
    return CONVERSATION + conversationId;
  }

  @Override
  SearchRow row(ResultSet r, StatementContext context) throws SQLException {
    Role role = Role.of(r.getString("role"));
    boolean found = r.getInt("hidden") == 0 && FOUND.contains(role);
    return new SearchRow(
        Kind.MESSAGE,
        r.getString("message_id"),
        r.getString("owner_id"),
        r.getString("agent_id"),
        found ? SaidText.ofBody(r.getString("body"), Passage.MAX_TEXT) : "",
        List.of(label(role), label(r.getString("conversation_id"))),
        Instant.parse(r.getString("created_at")),
        r.getLong("sequence"));
  }

  @Override
  long count(long upTo) {
    return database()
        .maintain(h ->
            h.createQuery("SELECT count(*) FROM message WHERE sequence <= :last")
                .bind("last", upTo)
                .mapTo(Long.class)
                .one());
  }

  /** The agents that have messages. */
  Set<String> containers() {
    return strings("SELECT DISTINCT agent_id FROM message");
  }

  /** What was said right before and right after each of these messages in its conversation. */
  Map<String, List<String>> neighbours(Owner owner, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    String sql =
        "SELECT m.message_id, "
            + next("<", "DESC")
            + ", "
            + next(">", "ASC")
            + " FROM message m WHERE m.owner_id = :owner AND m.message_id IN (<ids>)";
    Map<String, List<String>> neighbours = new HashMap<>();
    database()
        .scope(owner)
        .read(reads ->
            reads
                .query(sql)
                .bindList("ids", List.copyOf(ids))
                .map((r, _) -> {
                  List<String> beside = new ArrayList<>();
                  for (int column = 2; column <= 3; column++) {
                    String id = r.getString(column);
                    if (id != null) {
                      beside.add(id);
                    }
                  }
                  return neighbours.put(r.getString(1), beside) == null;
                })
                .list());
    return neighbours;
  }

  private static String next(String than, String order) {
    return "(SELECT n.message_id FROM message n WHERE n.owner_id = :owner"
        + " AND n.agent_id = m.agent_id AND n.conversation_id = m.conversation_id"
        + " AND n.sequence "
        + than
        + " m.sequence AND n."
        + SEEN.replace(" role", " n.role")
        + " ORDER BY n.sequence "
        + order
        + " LIMIT 1)";
  }
}
