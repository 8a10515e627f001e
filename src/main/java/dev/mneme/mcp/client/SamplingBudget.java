package dev.mneme.mcp.client;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What servers have had of models within the last hour. Tokens are set aside before a model is
 * asked and settled after, so that questions at the same time cannot take more than there is; what
 * was never settled, because the process ended, counts as it was set aside. Thread-safe, and the
 * same for all who use the database.
 */
public final class SamplingBudget {
  private static final Duration HOUR = Duration.ofHours(1);

  /** Less room for an answer than this is none. */
  private static final int LEAST_ANSWER = 16;

  private final Database database;
  private final Ids ids;
  private final InstantSource clock;

  /** What one answer takes. */
  record Share(String id, Owner owner, int tokens) {}

  private record Had(long calls, long tokens) {}

  public SamplingBudget(Database database, Ids ids, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Sets tokens aside.
   *
   * @param read how many the model reads
   * @param answer how many it may write at most
   * @throws CallFailed where there are not enough left
   */
  Share take(Allowance allowed, int read, int answer) throws CallFailed {
    long wanted = (long) read + answer;
    Instant now = Timestamps.stored(clock.instant());
    String id = ids.next("sampling");
    Had[] had = {new Had(0, 0)};
    Optional<Integer> taken =
        database
            .scope(allowed.owner())
            .write(tx -> {
              had[0] = had(tx, allowed.serverId(), now);
              long left = allowed.limits().tokens() - had[0].tokens();
              if (had[0].calls() >= allowed.limits().calls() || left < (long) read + LEAST_ANSWER) {
                return Optional.empty();
              }
              int tokens = (int) Math.min(left, wanted);
              put(tx, id, allowed.serverId(), now, tokens);
              return Optional.of(tokens);
            });
    if (taken.isPresent()) {
      return new Share(id, allowed.owner(), taken.get());
    }
    throw new CallFailed(Reason.WITHHELD, refusal(allowed, had[0]));
  }

  private static String refusal(Allowance allowed, Had had) {
    if (had.calls() >= allowed.limits().calls()) {
      return "it may ask a model " + allowed.limits().calls() + " times an hour";
    }
    return "it may have "
        + allowed.limits().tokens()
        + " tokens of a model an hour, of which "
        + (allowed.limits().tokens() - had.tokens())
        + " are left";
  }

  /** What it really took. */
  void settle(Share share, int tokens) {
    database
        .scope(share.owner())
        .update(tx ->
            tx.update(
                    "UPDATE mcp_sampling SET tokens = :tokens WHERE owner_id = :owner"
                        + " AND sampling_id = :id")
                .bind("tokens", tokens)
                .bind("id", share.id())
                .execute());
  }

  private static Had had(Tx tx, String server, Instant now) {
    tx.update("DELETE FROM mcp_sampling WHERE owner_id = :owner AND at <= :before")
        .bind("before", Timestamps.text(now.minus(HOUR)))
        .execute();
    return tx.query(
            "SELECT COUNT(*), COALESCE(SUM(tokens), 0) FROM mcp_sampling"
                + " WHERE owner_id = :owner AND mcp_server_id = :server")
        .bind("server", server)
        .map((rs, _) -> new Had(rs.getLong(1), rs.getLong(2)))
        .one();
  }

  private static void put(Tx tx, String id, String server, Instant now, int tokens) {
    tx.update(
            "INSERT INTO mcp_sampling (sampling_id, owner_id, mcp_server_id, at, tokens)"
                + " VALUES (:id, :owner, :server, :now, :tokens)")
        .bind("id", id)
        .bind("server", server)
        .bind("now", Timestamps.text(now))
        .bind("tokens", tokens)
        .execute();
  }
}
