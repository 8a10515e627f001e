package dev.mneme.mcp.client;

import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.wire.Protocol;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The table of what servers spoke when they were greeted last, so that the next start need not find
 * out: a program of the older kind that is silent to the newer greeting would lose a second each
 * time. Thread-safe.
 */
final class EraRows {
  private record Row(String endpoint, String server, Protocol protocol) {}

  private final Database database;
  private final InstantSource clock;

  EraRows(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param endpoint hash of where the server is reached
   */
  EraMemory of(Owner owner, String server, String endpoint) {
    return new EraMemory() {
      @Override
      public Optional<Protocol> known() {
        return find(owner, server)
            .filter(row -> row.endpoint().equals(endpoint))
            .map(Row::protocol)
            .filter(protocol -> protocol != Protocol.AUTO);
      }

      @Override
      public void met(Protocol protocol, String said) {
        Optional<Row> before = find(owner, server).filter(row -> row.endpoint().equals(endpoint));
        // Another version than the one that was asked: the next start asks anew.
        boolean other = before.filter(row -> !row.server().equals(said)).isPresent();
        Row now = new Row(endpoint, said, other ? Protocol.AUTO : protocol);
        if (!before.equals(Optional.of(now))) {
          put(owner, server, now);
        }
      }
    };
  }

  static void remove(Tx tx, String server) {
    tx.update("DELETE FROM mcp_era WHERE owner_id = :owner AND mcp_server_id = :server")
        .bind("server", server)
        .execute();
  }

  private Optional<Row> find(Owner owner, String server) {
    return database
        .scope(owner)
        .read(reads ->
            reads
                .query(
                    "SELECT endpoint, server, protocol FROM mcp_era WHERE owner_id = :owner"
                        + " AND mcp_server_id = :server")
                .bind("server", server)
                .map((rs, _) ->
                    new Row(rs.getString(1), rs.getString(2), Protocol.valueOf(rs.getString(3))))
                .findFirst());
  }

  private void put(Owner owner, String server, Row row) {
    database
        .scope(owner)
        .update(tx ->
            tx.update(
                    "INSERT INTO mcp_era (owner_id, mcp_server_id, endpoint, server, protocol,"
                        + " updated_at) VALUES (:owner, :id, :endpoint, :server, :protocol, :now)"
                        + " ON CONFLICT (owner_id, mcp_server_id) DO UPDATE SET endpoint ="
                        + " excluded.endpoint, server = excluded.server, protocol ="
                        + " excluded.protocol, updated_at = excluded.updated_at")
                .bind("id", server)
                .bind("endpoint", row.endpoint())
                .bind("server", row.server())
                .bind("protocol", row.protocol().name())
                .bind("now", Timestamps.text(Timestamps.stored(clock.instant())))
                .execute());
  }
}
