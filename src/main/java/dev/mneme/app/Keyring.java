package dev.mneme.app;

import dev.mneme.common.Owner;
import dev.mneme.secret.SecretText;
import dev.mneme.store.Database;
import dev.mneme.web.Callers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Makes owners of the names in the configuration: a new key for the same name is the same owner.
 */
final class Keyring {
  private static final String DEFAULT = "default";

  private Keyring() {}

  static Callers of(AuthConfig auth, Database database) {
    Map<SecretText, Owner> keys = new HashMap<>();
    auth.keys().forEach((name, key) -> keys.put(key, enrolled(name, database)));
    return new Callers(keys, auth.keyless() == AuthConfig.Keyless.LOOPBACK);
  }

  private static Owner enrolled(String name, Database database) {
    Owner owner = owner(name);
    database.maintainWrite(handle ->
        handle
            .createUpdate(
                "INSERT INTO owner (owner_id, name, created_at) VALUES (:id, :name, :now)"
                    + " ON CONFLICT (owner_id) DO NOTHING")
            .bind("id", owner.id())
            .bind("name", name)
            .bind("now", Instant.now().toString())
            .execute());
    return owner;
  }

  /** The id follows from the name, so that it is the same after every start. */
  static Owner owner(String name) {
    if (name.equals(DEFAULT)) {
      return Owner.DEFAULT;
    }
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(("owner:" + name).getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
      long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
      return new Owner("user-" + new UUID(high, low));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
