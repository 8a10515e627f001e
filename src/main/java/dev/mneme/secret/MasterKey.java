package dev.mneme.secret;

import dev.mneme.common.MnemeException;
import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** 32 random bytes from which the keys for all uses are derived. Thread-safe. */
final class MasterKey {
  static final int BYTES = 32;
  static final int ID_BYTES = 4;
  private static final String HMAC = "HmacSHA256";
  private static final int MAX_FILE = 1000;
  private static final String HOW =
      "It must be 32 random bytes in base64; make one with: openssl rand -base64 32";

  private final SecretKeySpec key;
  private final byte[] id;

  private MasterKey(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, HMAC);
    this.id = Arrays.copyOf(derive("key-id"), ID_BYTES);
  }

  static MasterKey of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a master key has " + BYTES + " bytes");
    }
    return new MasterKey(bytes.clone());
  }

  /** Reads a key as text: base64 or hexadecimal. */
  static MasterKey parse(String text, String where) {
    String stripped = text.strip();
    byte[] bytes;
    try {
      bytes =
          stripped.length() == 2 * BYTES
              ? HexFormat.of().parseHex(stripped)
              : Base64.getDecoder().decode(stripped);
    } catch (IllegalArgumentException _) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw MnemeException.invalid("invalid_secret_key", where + " is no key. " + HOW);
    }
    return new MasterKey(bytes);
  }

  /** Reads the key file, making it with a fresh key where it is missing. */
  static MasterKey ofFile(Path file, RandomGenerator random) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] fresh = new byte[BYTES];
        random.nextBytes(fresh);
        String text = Base64.getEncoder().encodeToString(fresh) + '\n';
        PrivateFiles.write(file, text.getBytes(StandardCharsets.US_ASCII));
        return new MasterKey(fresh);
      }
      byte[] content = PrivateFiles.read(file, MAX_FILE);
      return parse(new String(content, StandardCharsets.ISO_8859_1), file.toString());
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "secret_key_unreadable",
          file
              + " cannot be read or made ("
              + e.getClass().getSimpleName()
              + "). Check its permissions, or set MNEME_SECRET_KEY.");
    }
  }

  /** A few bytes that name the key and say nothing about it. */
  byte[] id() {
    return id.clone();
  }

  /** A key of 32 bytes for one purpose: HKDF-Expand of a single block, the key being random. */
  byte[] derive(String purpose) {
    Mac mac = mac(key);
    mac.update(("mneme/1/" + purpose).getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(new byte[] {1});
  }

  Mac mac(String purpose) {
    return mac(new SecretKeySpec(derive("mac/" + purpose), HMAC));
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw MnemeException.internal("no_hmac", "This Java has no HMAC-SHA-256.", e);
    }
  }
}
