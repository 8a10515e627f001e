package dev.mneme.mcp.client;

import dev.mneme.common.Owner;
import dev.mneme.common.Timestamps;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.mcp.client.config.ServerSpec;
import dev.mneme.mcp.client.oauth.Grant;
import dev.mneme.mcp.client.oauth.Identity;
import dev.mneme.mcp.client.oauth.OAuthAccess;
import dev.mneme.mcp.client.oauth.OAuthHttp;
import dev.mneme.mcp.client.oauth.Person;
import dev.mneme.mcp.client.oauth.Vault;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.NetPolicy;
import dev.mneme.secret.SecretBox;
import dev.mneme.store.Database;
import dev.mneme.store.Tx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What owners were let in with, encrypted at rest: a row for each authorization server of each of
 * their servers, and good for the address it was given for alone. Thread-safe.
 */
public final class Logins {
  private final Database database;
  private final SecretBox box;
  private final InstantSource clock;

  public Logins(Database database, SecretBox box, InstantSource clock) {
    this.database = database;
    this.box = box;
    this.clock = clock;
  }

  /**
   * What opens one server for one owner; a person's login does not open one that all share, because
   * it is one owner's.
   *
   * @param person the person, where one is there
   */
  public Doors doors(Owner owner, String id, Optional<Person> person) {
    return (spec, server, http) ->
        spec.shared() && spec.oauth().unattended().isEmpty()
            ? Access.NONE
            : access(owner, id, person, spec, server, http);
  }

  /**
   * Lets a person log in, whatever is kept.
   *
   * @param scopes more than what was asked for before
   * @throws CallFailed where that did not come about, saying why
   */
  public void login(
      ServerList.Wanted wanted,
      ServerSpec spec,
      Transports transports,
      NetPolicy policy,
      List<String> scopes,
      Person person)
      throws CallFailed {
    if (!(spec.endpoint() instanceof Endpoint.Remote remote)) {
      throw new CallFailed(Reason.UNAUTHORIZED, "it is a program, and nobody logs in to those");
    }
    if (spec.oauth().unattended().isPresent()) {
      throw new CallFailed(
          Reason.UNAUTHORIZED, "Mneme logs in to it by itself, as servers.json says");
    }
    if (spec.shared()) {
      throw new CallFailed(
          Reason.UNAUTHORIZED,
          "every owner has its tools, but a login is one person's; take away shared and serve, or"
              + " write a key into its headers");
    }
    OAuthHttp http = transports.oauth(spec, policy);
    access(wanted.owner(), wanted.id(), Optional.of(person), spec, remote.url(), http)
        .login(scopes);
  }

  private OAuthAccess access(
      Owner owner,
      String id,
      Optional<Person> person,
      ServerSpec spec,
      URI server,
      OAuthHttp http) {
    return new OAuthAccess(
        http,
        server,
        spec.oauth(),
        new Kept(owner, id, server),
        person,
        "it wants somebody to log in: mneme mcp-servers login " + spec.name(),
        clock);
  }

  /** Forgets the tokens of a server; what this client is called there stays. */
  public boolean forget(Owner owner, String id) {
    return database
            .scope(owner)
            .write(tx ->
                tx.update(
                        "UPDATE mcp_login SET tokens = NULL WHERE owner_id = :owner"
                            + " AND mcp_server_id = :server AND tokens IS NOT NULL")
                    .bind("server", id)
                    .execute())
        > 0;
  }

  /** What an owner was let in with under one id is there under another from now on. */
  void move(Owner owner, String from, String to) {
    database
        .scope(owner)
        .update(tx -> {
          List<Row> rows =
              tx.query(
                      "SELECT issuer, identity, tokens, updated_at FROM mcp_login"
                          + " WHERE owner_id = :owner AND mcp_server_id = :server")
                  .bind("server", from)
                  .map((rs, _) ->
                      new Row(
                          rs.getString(1),
                          resealed(owner, from, to, "identity", rs.getString(1), rs.getBytes(2)),
                          resealed(owner, from, to, "tokens", rs.getString(1), rs.getBytes(3)),
                          rs.getString(4)))
                  .list();
          remove(tx, from);
          rows.forEach(row ->
              tx.update(
                      "INSERT INTO mcp_login (owner_id, mcp_server_id, issuer, identity, tokens,"
                          + " updated_at) VALUES (:owner, :server, :issuer, :identity, :tokens,"
                          + " :at)")
                  .bind("server", to)
                  .bind("issuer", row.issuer())
                  .bind("identity", row.identity())
                  .bind("tokens", row.tokens())
                  .bind("at", row.updatedAt())
                  .execute());
        });
  }

  @SuppressWarnings("ArrayRecordComponent") // Passed on only.
  private record Row(
      String issuer, byte @Nullable [] identity, byte @Nullable [] tokens, String updatedAt) {}

  private byte @Nullable [] resealed(
      Owner owner, String from, String to, String column, String issuer, byte @Nullable [] sealed) {
    return sealed == null
        ? null
        : box.seal(
            box.open(sealed, place(owner, from, column, issuer)).reveal(),
            place(owner, to, column, issuer));
  }

  /** Forgets what was got a day ago for ids of a kind. */
  void forgetOld(Owner owner, String prefix) {
    Instant before = clock.instant().minus(Duration.ofDays(1));
    database
        .scope(owner)
        .update(tx ->
            tx.update(
                    "DELETE FROM mcp_login WHERE owner_id = :owner AND mcp_server_id LIKE :ids"
                        + " AND updated_at < :before")
                .bind("ids", prefix + "-%")
                .bind("before", Timestamps.text(Timestamps.stored(before)))
                .execute());
  }

  private static String place(Owner owner, String id, String column, String issuer) {
    return "mcp_login/" + owner.id() + "/" + id + "/" + column + "/" + issuer;
  }

  static void remove(Tx tx, String id) {
    tx.update("DELETE FROM mcp_login WHERE owner_id = :owner AND mcp_server_id = :server")
        .bind("server", id)
        .execute();
  }

  /** Reads once, and anew when asked to. */
  private final class Kept implements Vault {
    private final Owner owner;
    private final String id;
    private final URI server;
    private Optional<Grant> last = Optional.empty();
    private boolean read;

    Kept(Owner owner, String id, URI server) {
      this.owner = owner;
      this.id = id;
      this.server = server;
    }

    @Override
    public synchronized Optional<Grant> grant() {
      if (!read) {
        last = newest();
        read = true;
      }
      return last;
    }

    @Override
    public synchronized void recheck() {
      read = false;
    }

    private Optional<Grant> newest() {
      return database
          .scope(owner)
          .read(reads ->
              reads
                  .query(
                      "SELECT issuer, tokens FROM mcp_login WHERE owner_id = :owner"
                          + " AND mcp_server_id = :server AND tokens IS NOT NULL"
                          + " ORDER BY updated_at DESC, issuer LIMIT 1")
                  .bind("server", id)
                  .map((rs, _) -> opened(rs.getBytes(2), "tokens", rs.getString(1)))
                  .findFirst())
          .flatMap(json -> LoginJson.grant(json, server));
    }

    @Override
    public Optional<Identity> identity(String issuer) {
      return database
          .scope(owner)
          .read(reads ->
              reads
                  .query(
                      "SELECT identity FROM mcp_login WHERE owner_id = :owner"
                          + " AND mcp_server_id = :server AND issuer = :issuer"
                          + " AND identity IS NOT NULL")
                  .bind("server", id)
                  .bind("issuer", issuer)
                  .map((rs, _) -> opened(rs.getBytes(1), "identity", issuer))
                  .findFirst())
          .map(LoginJson::identity);
    }

    @Override
    public synchronized void keep(Grant grant) {
      put("tokens", grant.issuer(), LoginJson.write(grant, server));
      last = Optional.of(grant);
      read = true;
    }

    @Override
    public void keep(Identity identity) {
      put("identity", identity.issuer(), LoginJson.write(identity));
    }

    private void put(String column, String issuer, String json) {
      database
          .scope(owner)
          .update(tx ->
              tx.update(
                      "INSERT INTO mcp_login (owner_id, mcp_server_id, issuer, "
                          + column
                          + ", updated_at) VALUES (:owner, :server, :issuer, :sealed, :now)"
                          + " ON CONFLICT (owner_id, mcp_server_id, issuer) DO UPDATE SET "
                          + column
                          + " = excluded."
                          + column
                          + ", updated_at = excluded.updated_at")
                  .bind("server", id)
                  .bind("issuer", issuer)
                  .bind("sealed", box.seal(json, place(column, issuer)))
                  .bind("now", Timestamps.text(Timestamps.stored(clock.instant())))
                  .execute());
    }

    private String opened(byte[] sealed, String column, String issuer) {
      return box.open(sealed, place(column, issuer)).reveal();
    }

    private String place(String column, String issuer) {
      return Logins.place(owner, id, column, issuer);
    }
  }
}
