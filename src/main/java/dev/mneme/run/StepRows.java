package dev.mneme.run;

import dev.mneme.common.Json;
import dev.mneme.common.Timestamps;
import dev.mneme.model.ChatUsage;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The table of steps. */
final class StepRows {
  private static final String SELECT =
      "SELECT step_id, run_id, agent_id, model, context_window, status, prompt_tokens,"
          + " completion_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, step_nanos,"
          + " model_nanos, tool_nanos, stop_reason, error_type, feedback, tags, created_at"
          + " FROM step WHERE owner_id = :owner ";

  private static final String PLACE =
      "(SELECT x.created_at, x.step_id FROM step x WHERE x.owner_id = :owner AND x.step_id = ";

  private StepRows() {}

  /** Writes a step, or what it has become; feedback given meanwhile stays. */
  static void put(Tx tx, Step step) {
    ChatUsage usage = step.usage();
    tx.update(
            "INSERT INTO step (step_id, owner_id, run_id, agent_id, model, context_window, status,"
                + " prompt_tokens, completion_tokens, cached_tokens, cache_write_tokens,"
                + " reasoning_tokens, step_nanos, model_nanos, tool_nanos, stop_reason, error_type,"
                + " feedback, tags, created_at) VALUES (:id, :owner, :run, :agent, :model, :window,"
                + " :status, :prompt, :completion, :cached, :cacheWrite, :reasoning, :stepNanos,"
                + " :modelNanos, :toolNanos, :reason, :error, :feedback, :tags, :at)"
                + " ON CONFLICT (step_id) DO UPDATE SET status = excluded.status,"
                + " prompt_tokens = excluded.prompt_tokens,"
                + " completion_tokens = excluded.completion_tokens,"
                + " cached_tokens = excluded.cached_tokens,"
                + " cache_write_tokens = excluded.cache_write_tokens,"
                + " reasoning_tokens = excluded.reasoning_tokens,"
                + " step_nanos = excluded.step_nanos, model_nanos = excluded.model_nanos,"
                + " tool_nanos = excluded.tool_nanos, stop_reason = excluded.stop_reason,"
                + " error_type = excluded.error_type WHERE step.owner_id = :owner")
        .bind("id", step.id())
        .bind("run", step.runId())
        .bind("agent", step.agentId())
        .bind("model", step.model())
        .bind("window", step.contextWindow())
        .bind("status", step.status())
        .bind("prompt", usage.promptTokens())
        .bind("completion", usage.completionTokens())
        .bind("cached", usage.cachedInputTokens())
        .bind("cacheWrite", usage.cacheWriteTokens())
        .bind("reasoning", usage.reasoningTokens())
        .bind("stepNanos", step.timings().step())
        .bind("modelNanos", step.timings().model())
        .bind("toolNanos", step.timings().tools())
        .bind("reason", step.stopReason().map(StopReason::text).orElse(null))
        .bind("error", step.errorType().orElse(null))
        .bind("feedback", step.feedback().orElse(null))
        .bind("tags", Json.write(step.tags()))
        .bind("at", Timestamps.text(step.createdAt()))
        .execute();
  }

  /** A run ended with steps under way: so did they. */
  static void abandon(Tx tx, String runId, String status, Optional<String> errorType) {
    tx.update(
            "UPDATE step SET status = :status, error_type = :error"
                + " WHERE run_id = :run AND status = 'pending' AND owner_id = :owner")
        .bind("run", runId)
        .bind("status", status)
        .bind("error", errorType.orElse(null))
        .execute();
  }

  static boolean feedback(Tx tx, String id, Optional<String> feedback, List<String> tags) {
    return tx.update(
                "UPDATE step SET feedback = :feedback, tags = :tags"
                    + " WHERE step_id = :id AND owner_id = :owner")
            .bind("id", id)
            .bind("feedback", feedback.orElse(null))
            .bind("tags", Json.write(tags))
            .execute()
        == 1;
  }

  static Optional<Step> find(Reads reads, String id) {
    return reads
        .query(SELECT + "AND step_id = :id")
        .bind("id", id)
        .map((rs, _) -> read(rs))
        .findFirst();
  }

  static List<Step> list(Reads reads, StepQuery query) {
    StringBuilder sql = new StringBuilder(SELECT);
    query.runId().ifPresent(_ -> sql.append("AND run_id = :run "));
    query.agentId().ifPresent(_ -> sql.append("AND agent_id = :agent "));
    query.model().ifPresent(_ -> sql.append("AND model = :model "));
    query.from().ifPresent(_ -> sql.append("AND created_at >= :from "));
    query.to().ifPresent(_ -> sql.append("AND created_at <= :to "));
    query.feedback().ifPresent(_ -> sql.append("AND feedback = :feedback "));
    query
        .hasFeedback()
        .ifPresent(has -> sql.append(has ? "AND feedback IS NOT NULL " : "AND feedback IS NULL "));
    // Tags are plain words in a JSON list; the words are compared with their quotes.
    query.tag().ifPresent(_ -> sql.append("AND tags LIKE :tag ESCAPE '\\' "));
    query.before().ifPresent(_ -> sql.append("AND (created_at, step_id) < " + PLACE + ":before) "));
    query.after().ifPresent(_ -> sql.append("AND (created_at, step_id) > " + PLACE + ":after) "));
    String order = query.ascending() ? "ASC" : "DESC";
    sql.append("ORDER BY created_at " + order + ", step_id " + order + " LIMIT :limit");
    Query statement = reads.query(sql.toString()).bind("limit", query.limit());
    query.runId().ifPresent(id -> statement.bind("run", id));
    query.agentId().ifPresent(id -> statement.bind("agent", id));
    query.model().ifPresent(model -> statement.bind("model", model));
    query.from().ifPresent(from -> statement.bind("from", Timestamps.text(from)));
    query.to().ifPresent(to -> statement.bind("to", Timestamps.text(to)));
    query.feedback().ifPresent(feedback -> statement.bind("feedback", feedback));
    query.tag().ifPresent(tag -> statement.bind("tag", like(tag)));
    query.before().ifPresent(id -> statement.bind("before", known(reads, id)));
    query.after().ifPresent(id -> statement.bind("after", known(reads, id)));
    return statement.map((rs, _) -> read(rs)).list();
  }

  static RunUsage usage(Reads reads, String runId) {
    return reads
        .query(
            "SELECT coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0),"
                + " coalesce(sum(cached_tokens), 0), coalesce(sum(cache_write_tokens), 0),"
                + " coalesce(sum(reasoning_tokens), 0), count(*)"
                + " FROM step WHERE run_id = :run AND owner_id = :owner")
        .bind("run", runId)
        .map((rs, _) ->
            new RunUsage(
                new ChatUsage(rs.getInt(1), rs.getInt(2), rs.getInt(3), rs.getInt(4), rs.getInt(5)),
                rs.getInt(6)))
        .one();
  }

  private static String known(Reads reads, String id) {
    return find(reads, id).orElseThrow(() -> RunErrors.unknownStep(id)).id();
  }

  private static String like(String tag) {
    String quoted = Json.write(tag);
    return "%" + quoted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private static Step read(ResultSet rs) throws SQLException {
    return new Step(
        rs.getString(1),
        rs.getString(2),
        rs.getString(3),
        rs.getString(4),
        rs.getInt(5),
        rs.getString(6),
        new ChatUsage(rs.getInt(7), rs.getInt(8), rs.getInt(9), rs.getInt(10), rs.getInt(11)),
        new Step.Timings(rs.getLong(12), rs.getLong(13), rs.getLong(14)),
        Optional.ofNullable(rs.getString(15)).map(StopReason::of),
        Optional.ofNullable(rs.getString(16)),
        Optional.ofNullable(rs.getString(17)),
        words(rs.getString(18)),
        Timestamps.parse(rs.getString(19)));
  }

  private static List<String> words(String json) {
    List<String> words = new ArrayList<>();
    Json.parse(json).forEach(word -> words.add(word.asText()));
    return words;
  }
}
