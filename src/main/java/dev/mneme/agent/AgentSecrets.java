package dev.mneme.agent;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.secret.SecretBox;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the tools of an agent are given as environment variables. Encrypted at rest, never
 * journaled, never logged; gone for good when they are replaced or their agent is deleted.
 * Thread-safe.
 */
public final class AgentSecrets {
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final int MAX_KEYS = 100;
  private static final int MAX_VALUE = 64_000;

  private final Database database;
  private final SecretBox box;
  private final Ids ids;

  public AgentSecrets(Database database, SecretBox box, Ids ids) {
    this.database = database;
    this.box = box;
    this.ids = ids;
  }

  /** All that an agent has, by key; for its owner's eyes. */
  public List<AgentSecret> list(Owner owner, String agentId) {
    return database.scope(owner).read(reads -> list(reads, agentId));
  }

  /** What a tool run is given, by key. */
  public Map<String, String> values(Owner owner, String agentId) {
    Map<String, String> values = new LinkedHashMap<>();
    list(owner, agentId).forEach(secret -> values.put(secret.key(), secret.value().reveal()));
    return values;
  }

  public List<AgentSecret> list(Reads reads, String agentId) {
    return reads
        .query(
            "SELECT secret_id, key, value FROM agent_secret"
                + " WHERE owner_id = :owner AND agent_id = :agent ORDER BY key")
        .bind("agent", agentId)
        .map((rs, _) ->
            new AgentSecret(
                rs.getString(1),
                agentId,
                rs.getString(2),
                box.open(rs.getBytes(3), place(agentId, rs.getString(2)))))
        .list();
  }

  /**
   * Replaces all that an agent has.
   *
   * @throws MnemeException {@code unknown_agent}, {@code invalid_secret}
   */
  public void replace(Owner owner, String agentId, Map<String, SecretText> values) {
    database.scope(owner).update(tx -> replace(tx, agentId, values));
  }

  /** As above, within a transaction of a larger change; the agent is in it. */
  public void replace(Tx tx, String agentId, Map<String, SecretText> values) {
    check(values);
    if (AgentRows.find(tx, agentId).isEmpty()) {
      throw AgentService.unknownAgent(agentId);
    }
    remove(tx, agentId);
    values.forEach((key, value) ->
        tx.update(
                "INSERT INTO agent_secret (owner_id, agent_id, key, secret_id, value)"
                    + " VALUES (:owner, :agent, :key, :id, :value)")
            .bind("agent", agentId)
            .bind("key", key)
            .bind("id", ids.next("agent-env"))
            .bind("value", box.seal(value.reveal(), place(agentId, key)))
            .execute());
  }

  static void remove(Tx tx, String agentId) {
    tx.update("DELETE FROM agent_secret WHERE owner_id = :owner AND agent_id = :agent")
        .bind("agent", agentId)
        .execute();
  }

  private static void check(Map<String, SecretText> values) {
    if (values.size() > MAX_KEYS) {
      throw MnemeException.limit(
          "too_many_secrets", "An agent can have " + MAX_KEYS + " secrets; remove some.");
    }
    values.forEach((key, value) -> {
      if (!KEY.matcher(key).matches()) {
        throw MnemeException.invalid(
            "invalid_secret",
            "The name of a secret has letters, digits and underscores, as an environment variable"
                + " does, and at most 128 characters.");
      }
      if (value.reveal().length() > MAX_VALUE || value.reveal().indexOf('\0') >= 0) {
        throw MnemeException.invalid(
            "invalid_secret",
            "The value of " + key + " has more than " + MAX_VALUE + " characters, or a NUL.");
      }
    });
  }

  private static String place(String agentId, String key) {
    return "agent/" + agentId + "/" + key;
  }
}
