package dev.mneme.agent;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Timestamps;
import dev.mneme.memory.AttachmentRows;
import dev.mneme.memory.Fields;
import dev.mneme.memory.journal.Stamp;
import dev.mneme.memory.journal.State;
import dev.mneme.memory.journal.SubjectStore;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of agents. */
public final class AgentRows implements SubjectStore {
  static final String SELECT =
      "SELECT agent_id, name, description, tags, metadata, archive_id, created_at, updated_at,"
          + " sequence, system, settings, last_run_completion, last_run_nanos, last_stop_reason"
          + " FROM agent WHERE owner_id = :owner ";

  private static final String INSERT =
      "INSERT INTO agent (agent_id, owner_id, name, description, tags, metadata, archive_id,"
          + " system, settings, created_at, updated_at, sequence) VALUES (:id, :owner, :name,"
          + " :description, :tags, :metadata, :archive, :system, :settings, :createdAt,"
          + " :updatedAt, :sequence)";

  @Override
  public String kind() {
    return Agent.KIND;
  }

  @Override
  public Set<String> textFields() {
    return Set.of("description", "system");
  }

  static State state(Agent agent) {
    return State.of(
        Map.of(
            "archive_id",
            agent.archiveId().orElse(""),
            "created_at",
            Timestamps.text(agent.createdAt()),
            "description",
            agent.description(),
            "metadata",
            agent.metadata(),
            "name",
            agent.name(),
            "settings",
            SettingsJson.plain(agent.settings()),
            "system",
            agent.settings().system(),
            "tags",
            agent.tags()));
  }

  static Agent agent(String id, State state, Stamp stamp) {
    Map<String, Object> fields = state.fields();
    return new Agent(
        id,
        text(fields, "name"),
        text(fields, "description"),
        Fields.strings(value(fields, "tags")),
        Fields.map(value(fields, "metadata")),
        Optional.of(text(fields, "archive_id")).filter(archive -> !archive.isEmpty()),
        SettingsJson.read(
            String.valueOf(fields.getOrDefault("system", "")),
            Json.mapper().valueToTree(fields.getOrDefault("settings", Map.of()))),
        LastRun.NEVER,
        Timestamps.parse(text(fields, "created_at")),
        stamp.at(),
        stamp.sequence());
  }

  static Optional<Agent> find(Reads reads, String id) {
    return reads
        .query(SELECT + "AND agent_id = :id")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  /** The agents of a name, the oldest first; two are enough to know that it is ambiguous. */
  static List<Agent> byName(Reads reads, String name, int limit) {
    return reads
        .query(SELECT + "AND name = :name ORDER BY created_at, agent_id LIMIT :limit")
        .bind("name", name)
        .bind("limit", limit)
        .map((rs, _) -> read(rs))
        .list();
  }

  static List<Agent> list(Reads reads) {
    return reads.query(SELECT + "ORDER BY created_at, agent_id").map((rs, _) -> read(rs)).list();
  }

  static Agent read(ResultSet rs) throws SQLException {
    return new Agent(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        Json.parseStrings(rs.getString(4)),
        Json.parseObject(rs.getString(5)),
        Optional.of(rs.getString(6)).filter(archive -> !archive.isEmpty()),
        SettingsJson.read(rs.getString(10), Json.parse(rs.getString(11))),
        LastRuns.read(rs, 12),
        Timestamps.parse(rs.getString(7)),
        Timestamps.parse(rs.getString(8)),
        rs.getLong(9));
  }

  @Override
  public Optional<State> current(Reads reads, String id) {
    return find(reads, id).map(AgentRows::state);
  }

  @Override
  public void apply(Tx tx, String id, Optional<State> state, Stamp stamp) {
    if (state.isEmpty()) {
      if (AttachmentRows.holdsAny(tx, id)) {
        throw MnemeException.conflict(
            "agent_in_use",
            "The agent still holds blocks or archives that were attached later; detach them, or"
                + " delete the agent instead.");
      }
      AgentLinks.remove(tx, id);
      AgentSecrets.remove(tx, id);
      tx.update("DELETE FROM agent WHERE agent_id = :id AND owner_id = :owner")
          .bind("id", id)
          .execute();
      return;
    }
    Agent agent = agent(id, state.get(), stamp);
    bind(
            tx.update(
                INSERT
                    + " ON CONFLICT (agent_id) DO UPDATE SET name = excluded.name,"
                    + " description = excluded.description, tags = excluded.tags,"
                    + " metadata = excluded.metadata, archive_id = excluded.archive_id,"
                    + " system = excluded.system, settings = excluded.settings,"
                    + " created_at = excluded.created_at, updated_at = excluded.updated_at,"
                    + " sequence = excluded.sequence WHERE agent.owner_id = :owner"),
            agent)
        .execute();
    AgentLinks.put(tx, agent);
  }

  static void insert(Tx tx, Agent agent) {
    bind(tx.update(INSERT), agent).execute();
    AgentLinks.insert(tx, agent);
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Agent agent) {
    return statement
        .bind("id", agent.id())
        .bind("name", agent.name())
        .bind("description", agent.description())
        .bind("tags", Json.write(agent.tags()))
        .bind("metadata", Json.write(agent.metadata()))
        .bind("archive", agent.archiveId().orElse(""))
        .bind("system", agent.settings().system())
        .bind("settings", Json.write(SettingsJson.write(agent.settings())))
        .bind("createdAt", Timestamps.text(agent.createdAt()))
        .bind("updatedAt", Timestamps.text(agent.updatedAt()))
        .bind("sequence", agent.sequence());
  }

  @Override
  public List<String> agents(Reads reads, String id) {
    return List.of(id);
  }

  @Override
  public List<String> ids(Reads reads, String afterId, int limit) {
    return reads
        .query(
            "SELECT agent_id FROM agent WHERE owner_id = :owner AND agent_id > :after"
                + " ORDER BY agent_id LIMIT :limit")
        .bind("after", afterId)
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  private static Object value(Map<String, Object> fields, String key) {
    Object value = fields.get(key);
    if (value == null) {
      throw new IllegalStateException("A journaled state has no '" + key + "'.");
    }
    return value;
  }

  private static String text(Map<String, Object> fields, String key) {
    return String.valueOf(value(fields, key));
  }
}
