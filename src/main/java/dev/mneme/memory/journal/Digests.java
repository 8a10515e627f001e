package dev.mneme.memory.journal;

import dev.mneme.common.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hashes and authentication codes of the journal. Fields are length-prefixed, so that no two
 * rows have the same bytes. Thread-safe when its generator is.
 */
final class Digests {
  static final String NONE = "";
  private static final int SALT_BYTES = 16;
  private static final String HMAC = "HmacSHA256";

  private final List<SecretKeySpec> keys;
  private final RandomGenerator random;

  /**
   * @param keys the present one, then older ones that still tell what is genuine
   */
  Digests(List<byte[]> keys, RandomGenerator random) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length < 16)) {
      throw new IllegalArgumentException("The journal's key needs at least 16 bytes.");
    }
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, HMAC)).toList();
    this.random = random;
  }

  String salt() {
    byte[] bytes = new byte[SALT_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String mac(Object... fields) {
    return mac(keys.getFirst(), fields);
  }

  /** Whether this is the code that one of the keys gives the fields. */
  boolean isMac(String mac, Object... fields) {
    return keys.stream().anyMatch(key -> mac.equals(mac(key, fields)));
  }

  private static String mac(SecretKeySpec key, Object... fields) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      for (Object field : fields) {
        byte[] bytes = bytes(field);
        mac.update(length(bytes));
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hash(Object... fields) {
    MessageDigest digest = Sha256.fresh();
    for (Object field : fields) {
      add(digest, field);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static void add(MessageDigest digest, Object field) {
    byte[] bytes = bytes(field);
    digest.update(length(bytes));
    digest.update(bytes);
  }

  static String versions(List<Version> versions) {
    MessageDigest digest = Sha256.fresh();
    for (Version version : versions) {
      add(digest, version.kind());
      add(digest, version.subject());
      add(digest, version.before());
      add(digest, version.after());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String links(List<Link> links) {
    if (links.isEmpty()) {
      return NONE;
    }
    MessageDigest digest = Sha256.fresh();
    links.stream()
        .sorted()
        .forEach(link -> {
          add(digest, link.relation());
          add(digest, link.target());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] bytes(Object field) {
    return field.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] length(byte[] bytes) {
    return ByteBuffer.allocate(4).putInt(bytes.length).array();
  }
}
