package dev.mneme.mcp.client.oauth;

import java.util.Optional;

/** Keeps what one owner needs for one server. Thread-safe. */
public interface Vault {
  /** The grant that was given last. */
  Optional<Grant> grant();

  /** Who this client is at an authorization server, where it has registered itself. */
  Optional<Identity> identity(String issuer);

  void keep(Grant grant);

  void keep(Identity identity);

  /** What is kept may have been changed by somebody else. */
  default void recheck() {}

  /** One that forgets all when the program ends. */
  static Vault inMemory() {
    return new MemoryVault();
  }
}
