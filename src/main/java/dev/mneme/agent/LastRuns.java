package dev.mneme.agent;

import dev.mneme.common.Timestamps;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The columns of an agent that say how it ran last. */
final class LastRuns {
  private LastRuns() {}

  static void put(Tx tx, String agentId, LastRun run) {
    tx.update(
            "UPDATE agent SET last_run_completion = :at, last_run_nanos = :nanos,"
                + " last_stop_reason = :reason WHERE agent_id = :id AND owner_id = :owner")
        .bind("id", agentId)
        .bind("at", run.completedAt().map(Timestamps::text).orElse(""))
        .bind("nanos", boxed(run.durationNanos()))
        .bind("reason", run.stopReason().orElse(null))
        .execute();
  }

  /**
   * @param first the first of its three columns
   */
  static LastRun read(ResultSet rs, int first) throws SQLException {
    String at = rs.getString(first);
    long nanos = rs.getLong(first + 1);
    OptionalLong duration = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(nanos);
    Optional<String> reason = Optional.ofNullable(rs.getString(first + 2));
    return at.isEmpty() && reason.isEmpty()
        ? LastRun.NEVER
        : new LastRun(
            Optional.of(at).filter(text -> !text.isEmpty()).map(Timestamps::parse),
            duration,
            reason);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
