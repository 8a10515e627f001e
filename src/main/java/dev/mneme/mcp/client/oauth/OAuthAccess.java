package dev.mneme.mcp.client.oauth;

import dev.mneme.mcp.client.config.OAuthSettings;
import dev.mneme.mcp.client.config.Unattended;
import dev.mneme.mcp.client.wire.Access;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.secret.SecretText;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens one server for one owner: with the token that is kept, renewed where it can be, else by
 * itself where the operator said how, else by asking a person where one is there. Thread-safe; one
 * renewal at a time.
 */
public final class OAuthAccess implements Access {
  /** What somebody has to do where nobody can be asked now. */
  private final String advice;

  private final OAuthHttp http;
  private final URI server;
  private final Vault vault;
  private final Tokens tokens;
  private final Login login;
  private final UnattendedLogin alone;
  private final Optional<Unattended> unattended;
  private final Optional<Person> person;
  private final InstantSource clock;
  private volatile Optional<String> nonce = Optional.empty();

  /**
   * @param person the person, where one is there
   * @param advice what to do otherwise
   */
  public OAuthAccess(
      OAuthHttp http,
      URI server,
      OAuthSettings settings,
      Vault vault,
      Optional<Person> person,
      String advice,
      InstantSource clock) {
    this.http = http;
    this.server = server;
    this.vault = vault;
    this.person = person;
    this.advice = advice;
    this.clock = clock;
    this.tokens = new Tokens(http, vault, clock);
    this.login = new Login(http, server, settings, vault, tokens);
    this.alone = new UnattendedLogin(http, server, settings, vault, tokens);
    this.unattended = settings.unattended();
  }

  @Override
  public Optional<Pass> pass(String method, URI url) throws CallFailed {
    return grant()
        .map(grant -> {
          String token = grant.access().reveal();
          return grant
              .key()
              .map(key ->
                  new Pass(
                      token,
                      Map.of(
                          "Authorization",
                          "DPoP " + token,
                          "DPoP",
                          Proofs.with(key).forRequest(method, url, token, nonce))))
              .orElseGet(() -> new Pass(token, Map.of("Authorization", "Bearer " + token)));
        });
  }

  @Override
  public void hear(String wanted) {
    nonce = Optional.of(wanted);
  }

  private synchronized Optional<Grant> grant() throws CallFailed {
    Optional<Grant> grant = vault.grant();
    if (grant.isPresent() && grant.get().isOver(clock.instant())) {
      grant = renewed(grant.get()).or(vault::grant);
    }
    return grant;
  }

  @Override
  public synchronized boolean renewed(Refusal refusal) throws CallFailed {
    vault.recheck();
    Optional<Grant> grant = vault.grant();
    Optional<String> present = grant.map(Grant::access).map(SecretText::reveal);
    if (present.isPresent() && !present.equals(refusal.token())) {
      // Somebody else got a better one meanwhile.
      return true;
    }
    Challenge challenge = Challenge.of(refusal.challenges());
    refusal.nonce().ifPresent(this::hear);
    if (challenge.wantsNonce()) {
      return refusal.nonce().isPresent();
    }
    if (refusal.status() == 403 && !challenge.wantsMore()) {
      return false;
    }
    if (refusal.status() == 401 && grant.isPresent() && renewed(grant.get()).isPresent()) {
      return true;
    }
    List<String> had = grant.map(Grant::scopes).orElse(List.of());
    if (refusal.status() == 403 && had.containsAll(challenge.scopes().orElse(List.of()))) {
      throw new CallFailed(
          Reason.UNAUTHORIZED, "the server refuses what it was asked with all it wanted granted");
    }
    if (unattended.isPresent()) {
      alone.run(challenge, had, unattended.get());
      return true;
    }
    if (person.isEmpty()) {
      throw new CallFailed(Reason.UNAUTHORIZED, advice(challenge));
    }
    login.run(challenge, had, person.get());
    return true;
  }

  /** Asks a person anew, whatever is kept; for more than before where scopes are named. */
  public synchronized void login(List<String> scopes) throws CallFailed {
    Person asked =
        person.orElseThrow(() -> new CallFailed(Reason.UNAUTHORIZED, advice(Challenge.NONE)));
    Set<String> wanted = new LinkedHashSet<>(scopes);
    if (!scopes.isEmpty()) {
      vault.grant().map(Grant::scopes).ifPresent(wanted::addAll);
    }
    login.run(http.challenge(server), List.copyOf(wanted), asked);
  }

  private String advice(Challenge challenge) {
    String more =
        challenge
            .scopes()
            .filter(scopes -> challenge.wantsMore() && !scopes.isEmpty())
            .map(scopes ->
                " --scope \"" + String.join(" ", scopes).replaceAll("[^!-~ ]", "?") + "\"")
            .orElse("");
    return advice + more;
  }

  private Optional<Grant> renewed(Grant old) {
    Optional<Identity> identity = vault.identity(old.issuer());
    if (old.refresh().isEmpty() || identity.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(tokens.renew(old, identity.get()));
    } catch (CallFailed _) {
      // It was revoked or is too old: a person has to be asked, which the refusal leads to.
      return Optional.empty();
    }
  }
}
