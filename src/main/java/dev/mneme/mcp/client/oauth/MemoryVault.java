package dev.mneme.mcp.client.oauth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a login for as long as the program runs. */
final class MemoryVault implements Vault {
  private final Map<String, Identity> identities = new ConcurrentHashMap<>();
  private volatile Optional<Grant> last = Optional.empty();

  @Override
  public Optional<Grant> grant() {
    return last;
  }

  @Override
  public Optional<Identity> identity(String issuer) {
    return Optional.ofNullable(identities.get(issuer));
  }

  @Override
  public void keep(Grant grant) {
    last = Optional.of(grant);
  }

  @Override
  public void keep(Identity identity) {
    identities.put(identity.issuer(), identity);
  }
}
