package dev.mneme.app;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.web.Callers;
import dev.mneme.web.TokenGate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes owners of the names in the configuration: a new key for the same name is the same owner.
 */
final class Keyring {
  private static final String DEFAULT = "default";

  private Keyring() {}

  static Callers of(AuthConfig auth, Optional<TokenGate> tokens, Database database) {
    Map<SecretText, Owner> keys = new HashMap<>();
    auth.keys().forEach((name, key) -> keys.put(key, enrolled(name, database)));
    return new Callers(keys, tokens, auth.keyless() == AuthConfig.Keyless.LOOPBACK);
  }

  private static Owner enrolled(String name, Database database) {
    Owner owner = owner(name);
    enroll(owner, name, database);
    return owner;
  }

  /** Writes an owner down; one that is known stays as it is. */
  static void enroll(Owner owner, String name, Database database) {
    database.maintainWrite(handle ->
        handle
            .createUpdate(
                "INSERT INTO owner (owner_id, name, created_at) VALUES (:id, :name, :now)"
                    + " ON CONFLICT (owner_id) DO NOTHING")
            .bind("id", owner.id())
            .bind("name", name)
            .bind("now", Instant.now().toString())
            .execute());
  }

  /** The id follows from the name, so that it is the same after every start. */
  static Owner owner(String name) {
    if (name.equals(DEFAULT)) {
      return Owner.DEFAULT;
    }
    return new Owner(Ids.named("user", "owner:" + name));
  }
}
