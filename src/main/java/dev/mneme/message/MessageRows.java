package dev.mneme.message;

import dev.mneme.common.Timestamps;
import dev.mneme.memory.journal.Origin;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of messages. */
final class MessageRows {
  /** The columns of a message called m, as {@link #read} takes them. */
  static final String COLUMNS =
      "m.message_id, m.agent_id, m.conversation_id, m.role, m.origin, m.body, m.name, m.otid,"
          + " m.sender_id, m.group_id, m.step_id, m.run_id, m.hidden, m.created_at, m.sequence";

  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM message m WHERE m.owner_id = :owner ";

  private static final String INSERT =
      "INSERT INTO message (message_id, owner_id, agent_id, conversation_id, role, origin, body,"
          + " name, otid, sender_id, group_id, step_id, run_id, hidden, created_at) VALUES (:id,"
          + " :owner, :agent, :conversation, :role, :origin, :body, :name, :otid, :sender, :group,"
          + " :step, :run, :hidden, :at) RETURNING sequence";

  private static final String REWRITE =
      "UPDATE message SET agent_id = :agent, conversation_id = :conversation, role = :role,"
          + " origin = :origin, body = :body, name = :name, otid = :otid, sender_id = :sender,"
          + " group_id = :group, step_id = :step, run_id = :run, hidden = :hidden, created_at = :at"
          + " WHERE message_id = :id AND owner_id = :owner";

  private MessageRows() {}

  /** Its place in the order of all messages. */
  static long insert(Tx tx, Message message) {
    return bind(tx.query(INSERT), message).mapTo(Long.class).one();
  }

  static boolean rewrite(Tx tx, Message message) {
    return bind(tx.update(REWRITE), message).execute() == 1;
  }

  static Optional<Message> find(Reads reads, String id) {
    return reads
        .query(SELECT + "AND m.message_id = :id")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  /** The message with a sequence that a context has. */
  static Message at(Reads reads, long sequence) {
    return reads
        .query(SELECT + "AND m.sequence = :sequence")
        .bind("sequence", sequence)
        .map((rs, _) -> read(rs))
        .one();
  }

  static List<Message> list(Reads reads, MessageQuery query) {
    StringBuilder sql = new StringBuilder(SELECT);
    query.agentId().ifPresent(_ -> sql.append("AND m.agent_id = :agent "));
    query.conversationId().ifPresent(_ -> sql.append("AND m.conversation_id = :conversation "));
    query.runId().ifPresent(_ -> sql.append("AND m.run_id = :run "));
    query.stepId().ifPresent(_ -> sql.append("AND m.step_id = :step "));
    query.before().ifPresent(_ -> sql.append("AND m.sequence < :before "));
    query.after().ifPresent(_ -> sql.append("AND m.sequence > :after "));
    if (!query.roles().isEmpty()) {
      sql.append("AND m.role IN (<roles>) ");
    }
    sql.append("ORDER BY m.sequence ")
        .append(query.ascending() ? "ASC" : "DESC")
        .append(" LIMIT :limit");
    Query statement = reads.query(sql.toString()).bind("limit", query.limit());
    query.agentId().ifPresent(id -> statement.bind("agent", id));
    query.conversationId().ifPresent(id -> statement.bind("conversation", id));
    query.runId().ifPresent(id -> statement.bind("run", id));
    query.stepId().ifPresent(id -> statement.bind("step", id));
    query.before().ifPresent(id -> statement.bind("before", sequence(reads, id)));
    query.after().ifPresent(id -> statement.bind("after", sequence(reads, id)));
    if (!query.roles().isEmpty()) {
      statement.bindList("roles", query.roles().stream().map(Role::text).toList());
    }
    return statement.map((rs, _) -> read(rs)).list();
  }

  static void removeAgent(Tx tx, String agentId) {
    tx.update("DELETE FROM message WHERE agent_id = :agent AND owner_id = :owner")
        .bind("agent", agentId)
        .execute();
  }

  static Message read(ResultSet rs) throws SQLException {
    MessageBody body = MessageBody.parse(rs.getString(6));
    return new Message(
        rs.getString(1),
        new Conversation(rs.getString(2), rs.getString(3)),
        Role.of(rs.getString(4)),
        Origin.of(rs.getString(5)),
        body.content(),
        body.toolRequests(),
        body.toolReturns(),
        Optional.ofNullable(rs.getString(7)),
        Optional.ofNullable(rs.getString(8)),
        Optional.ofNullable(rs.getString(9)),
        Optional.ofNullable(rs.getString(10)),
        Optional.ofNullable(rs.getString(11)),
        Optional.ofNullable(rs.getString(12)),
        rs.getInt(13) != 0,
        Timestamps.parse(rs.getString(14)),
        rs.getLong(15));
  }

  private static long sequence(Reads reads, String id) {
    return reads
        .query("SELECT sequence FROM message WHERE message_id = :id AND owner_id = :owner")
        .bind("id", id)
        .mapTo(Long.class)
        .findFirst()
        .orElseThrow(() -> Messages.unknown(id));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Message message) {
    return statement
        .bind("id", message.id())
        .bind("agent", message.conversation().agentId())
        .bind("conversation", message.conversation().id())
        .bind("role", message.role().text())
        .bind("origin", message.origin().text())
        .bind("body", MessageBody.of(message).text())
        .bind("name", message.name().orElse(null))
        .bind("otid", message.otid().orElse(null))
        .bind("sender", message.senderId().orElse(null))
        .bind("group", message.groupId().orElse(null))
        .bind("step", message.stepId().orElse(null))
        .bind("run", message.runId().orElse(null))
        .bind("hidden", message.hidden() ? 1 : 0)
        .bind("at", Timestamps.text(message.createdAt()));
  }
}
