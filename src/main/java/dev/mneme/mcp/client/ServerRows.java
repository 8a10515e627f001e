package dev.mneme.mcp.client;

import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The servers that came over the API; their endpoints are encrypted at rest. Thread-safe. */
public final class ServerRows {
  private static final int MOST = 500;
  private static final String SELECT =
      "SELECT mcp_server_id, name, endpoint, approved, created_at, updated_at FROM mcp_server"
          + " WHERE owner_id = :owner ";

  private final Database database;
  private final SecretBox box;
  private final Ids ids;
  private final InstantSource clock;

  public ServerRows(Database database, SecretBox box, Ids ids, InstantSource clock) {
    this.database = database;
    this.box = box;
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether there is one of anybody; cheap. */
  public static boolean any(Database database) {
    return database.maintain(handle ->
        handle
            .createQuery("SELECT mcp_server_id FROM mcp_server LIMIT 1")
            .mapTo(String.class)
            .findFirst()
            .isPresent());
  }

  /** Those of all owners, in the order they came. */
  List<StoredServer> all() {
    List<String> owners =
        database.maintain(handle ->
            handle
                .createQuery("SELECT DISTINCT owner_id FROM mcp_server ORDER BY owner_id")
                .mapTo(String.class)
                .list());
    return owners.stream().flatMap(owner -> list(new Owner(owner)).stream()).toList();
  }

  public List<StoredServer> list(Owner owner) {
    return database
        .scope(owner)
        .read(reads ->
            reads
                .query(SELECT + "ORDER BY created_at, mcp_server_id")
                .map((rs, _) -> read(owner, rs))
                .list());
  }

  StoredServer create(Owner owner, String name, Endpoint endpoint) {
    Instant now = Timestamps.stored(clock.instant());
    StoredServer server =
        new StoredServer(ids.next("mcp_server"), owner, name, endpoint, Optional.empty(), now, now);
    database
        .scope(owner)
        .update(tx -> {
          requireFree(tx, name, server.id());
          if (tx.number("SELECT count(*) FROM mcp_server WHERE owner_id = :owner").orElse(0L)
              >= MOST) {
            throw MnemeException.limit(
                "too_many_servers", "There are " + MOST + " MCP servers already; delete some.");
          }
          put(tx, server);
        });
    return server;
  }

  /** Keeps what an earlier endpoint was approved for, which counts for that endpoint alone. */
  StoredServer update(StoredServer server, String name, Endpoint endpoint) {
    StoredServer changed =
        new StoredServer(
            server.id(),
            server.owner(),
            name,
            endpoint,
            server.approved(),
            server.createdAt(),
            Timestamps.stored(clock.instant()));
    database
        .scope(server.owner())
        .update(tx -> {
          requireFree(tx, name, server.id());
          put(tx, changed);
        });
    return changed;
  }

  /** Lets a server start as it is now. */
  public void approve(StoredServer server) {
    database
        .scope(server.owner())
        .update(tx ->
            put(
                tx,
                new StoredServer(
                    server.id(),
                    server.owner(),
                    server.name(),
                    server.endpoint(),
                    Optional.of(EndpointJson.sha256(server.endpoint())),
                    server.createdAt(),
                    Timestamps.stored(clock.instant()))));
  }

  public void remove(Owner owner, String id) {
    database
        .scope(owner)
        .update(tx -> {
          PinRows.remove(tx, id);
          Logins.remove(tx, id);
          EraRows.remove(tx, id);
          tx.update("DELETE FROM mcp_server WHERE owner_id = :owner AND mcp_server_id = :id")
              .bind("id", id)
              .execute();
        });
  }

  private void put(Tx tx, StoredServer server) {
    tx.update(
            "INSERT INTO mcp_server (mcp_server_id, owner_id, name, endpoint, approved, created_at,"
                + " updated_at) VALUES (:id, :owner, :name, :endpoint, :approved, :created,"
                + " :updated) ON CONFLICT (mcp_server_id) DO UPDATE SET name = excluded.name,"
                + " endpoint = excluded.endpoint, approved = excluded.approved,"
                + " updated_at = excluded.updated_at WHERE mcp_server.owner_id = :owner")
        .bind("id", server.id())
        .bind("name", server.name())
        .bind("endpoint", box.seal(EndpointJson.write(server.endpoint()), place(server.id())))
        .bind("approved", server.approved())
        .bind("created", Timestamps.text(server.createdAt()))
        .bind("updated", Timestamps.text(server.updatedAt()))
        .execute();
  }

  private static void requireFree(Reads reads, String name, String id) {
    boolean taken =
        reads
            .query(
                "SELECT mcp_server_id FROM mcp_server WHERE owner_id = :owner AND name = :name"
                    + " AND mcp_server_id <> :id")
            .bind("name", name)
            .bind("id", id)
            .mapTo(String.class)
            .findFirst()
            .isPresent();
    if (taken) {
      throw nameInUse(name);
    }
  }

  static MnemeException nameInUse(String name) {
    return MnemeException.conflict(
        "server_name_in_use",
        "There is an MCP server '" + name + "' already; update it, or choose another name.");
  }

  private StoredServer read(Owner owner, ResultSet rs) throws SQLException {
    String id = rs.getString(1);
    return new StoredServer(
        id,
        owner,
        rs.getString(2),
        EndpointJson.read(box.open(rs.getBytes(3), place(id)).reveal()),
        Optional.ofNullable(rs.getString(4)),
        Timestamps.parse(rs.getString(5)),
        Timestamps.parse(rs.getString(6)));
  }

  private static String place(String id) {
    return "mcp_server/" + id;
  }
}
