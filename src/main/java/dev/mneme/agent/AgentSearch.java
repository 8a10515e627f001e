package dev.mneme.agent;

import dev.mneme.store.Reads;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Finds agents by what they are; a page costs what it holds, not what there is. */
final class AgentSearch {
  private AgentSearch() {}

  static List<Agent> list(Reads reads, AgentQuery query) {
    String column = column(query.order());
    String place =
        "(SELECT x."
            + column
            + ", x.agent_id FROM agent x"
            + " WHERE x.owner_id = :owner AND x.agent_id = ";
    StringBuilder sql = new StringBuilder(AgentRows.SELECT);
    conditions(query, sql);
    query
        .before()
        .ifPresent(
            _ -> sql.append("AND (" + column + ", agent_id) < ").append(place).append(":before) "));
    query
        .after()
        .ifPresent(
            _ -> sql.append("AND (" + column + ", agent_id) > ").append(place).append(":after) "));
    String direction = query.ascending() ? "ASC" : "DESC";
    sql.append("ORDER BY " + column + " " + direction + ", agent_id " + direction);
    sql.append(" LIMIT :limit");
    Query statement = reads.query(sql.toString()).bind("limit", query.limit());
    bind(query, statement);
    query.before().ifPresent(id -> statement.bind("before", known(reads, id)));
    query.after().ifPresent(id -> statement.bind("after", known(reads, id)));
    return statement.map((rs, _) -> AgentRows.read(rs)).list();
  }

  static long count(Reads reads, AgentQuery query) {
    StringBuilder sql = new StringBuilder("SELECT count(*) FROM agent WHERE owner_id = :owner ");
    conditions(query, sql);
    Query statement = reads.query(sql.toString());
    bind(query, statement);
    return statement.mapTo(Long.class).one();
  }

  /** The tags of all agents in their order, each once. */
  static List<String> tags(Reads reads, TagQuery query) {
    StringBuilder sql = new StringBuilder("SELECT DISTINCT tag FROM agent_tag");
    sql.append(" WHERE owner_id = :owner ");
    query.text().ifPresent(_ -> sql.append("AND lower(tag) LIKE :text ESCAPE '\\' "));
    query.before().ifPresent(_ -> sql.append("AND tag < :before "));
    query.after().ifPresent(_ -> sql.append("AND tag > :after "));
    sql.append("ORDER BY tag ").append(query.ascending() ? "ASC" : "DESC").append(" LIMIT :limit");
    Query statement = reads.query(sql.toString()).bind("limit", query.limit());
    query.text().ifPresent(text -> statement.bind("text", part(text)));
    query.before().ifPresent(tag -> statement.bind("before", tag));
    query.after().ifPresent(tag -> statement.bind("after", tag));
    return statement.mapTo(String.class).list();
  }

  private static void conditions(AgentQuery query, StringBuilder sql) {
    query.name().ifPresent(_ -> sql.append("AND name = :name "));
    query.text().ifPresent(_ -> sql.append("AND lower(name) LIKE :text ESCAPE '\\' "));
    query.lastStopReason().ifPresent(_ -> sql.append("AND last_stop_reason = :reason "));
    if (!query.tags().isEmpty()) {
      sql.append("AND agent_id IN (SELECT t.agent_id FROM agent_tag t WHERE t.owner_id = :owner");
      sql.append(" AND t.tag IN (<tags>)");
      sql.append(query.allTags() ? " GROUP BY t.agent_id HAVING count(*) = :tagCount) " : ") ");
    }
    query
        .toolId()
        .ifPresent(_ ->
            sql.append(
                "AND EXISTS (SELECT 1 FROM agent_tool o WHERE o.owner_id = :owner"
                    + " AND o.agent_id = agent.agent_id AND o.tool_id = :tool) "));
  }

  private static void bind(AgentQuery query, Query statement) {
    query.name().ifPresent(name -> statement.bind("name", name));
    query.text().ifPresent(text -> statement.bind("text", part(text)));
    query.lastStopReason().ifPresent(reason -> statement.bind("reason", reason));
    if (!query.tags().isEmpty()) {
      statement.bindList("tags", query.tags());
      if (query.allTags()) {
        statement.bind("tagCount", query.tags().size());
      }
    }
    query.toolId().ifPresent(id -> statement.bind("tool", id));
  }

  private static String known(Reads reads, String id) {
    Optional<Agent> agent = AgentRows.find(reads, id);
    return agent.orElseThrow(() -> AgentService.unknownAgent(id)).id();
  }

  private static String part(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private static String column(AgentQuery.Order order) {
    return order.name().toLowerCase(Locale.ROOT);
  }
}
