package dev.mneme.secret;

import dev.mneme.common.MnemeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM, and derives keys for other uses. Thread-safe.
 *
 * <p>What is sealed begins with a version byte and the id of its key, so that keys can be changed:
 * the first key seals, all of them open. Each secret is bound to a context, its place, so that it
 * cannot be moved to another row.
 */
public final class SecretBox {
  private static final byte VERSION = 1;
  private static final int HEADER = 1 + MasterKey.ID_BYTES;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final List<MasterKey> keys;
  private final RandomGenerator random;

  SecretBox(List<MasterKey> keys, RandomGenerator random) {
    this.keys = List.copyOf(keys);
    this.random = random;
  }

  /**
   * Takes the key from the environment, else from the file, which is made where it is missing.
   *
   * @param environment a key, or several with commas between: the present one, then older ones
   * @param random a cryptographically strong source
   */
  public static SecretBox open(
      Path keyFile, Optional<SecretText> environment, RandomGenerator random) {
    List<MasterKey> keys =
        environment
            .map(given ->
                Stream.of(given.reveal().split(","))
                    .map(text -> MasterKey.parse(text, "MNEME_SECRET_KEY"))
                    .toList())
            .orElseGet(() -> List.of(MasterKey.ofFile(keyFile, random)));
    return new SecretBox(keys, random);
  }

  /** A name of the present key, to tell keys apart; it says nothing about the key. */
  public String keyId() {
    return HexFormat.of().formatHex(keys.getFirst().id());
  }

  /**
   * Keys of their own for the purpose, 32 bytes each: the present one, then those of older keys, so
   * that what was written with them is still known.
   */
  public List<byte[]> derivedKeys(String purpose) {
    return keys.stream().map(key -> key.derive("key/" + purpose)).toList();
  }

  /** A new HMAC-SHA-256 with a key of its own for the purpose; not thread-safe, as all are. */
  public Mac mac(String purpose) {
    return keys.getFirst().mac(purpose);
  }

  /**
   * Encrypts a secret.
   *
   * @param context where it belongs, such as {@code provider/<id>}; opening needs the same
   */
  public byte[] seal(String secret, String context) {
    MasterKey key = keys.getFirst();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] header = ByteBuffer.allocate(HEADER).put(VERSION).put(key.id()).array();
    byte[] text = secret.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hidden = cipher(Cipher.ENCRYPT_MODE, key, nonce, header, context).doFinal(text);
      return ByteBuffer.allocate(HEADER + NONCE + hidden.length)
          .put(header)
          .put(nonce)
          .put(hidden)
          .array();
    } catch (GeneralSecurityException e) {
      throw MnemeException.internal("seal_failed", "A secret could not be encrypted.", e);
    }
  }

  /** Decrypts what {@link #seal} made with the same context. */
  public SecretText open(byte[] sealed, String context) {
    if (sealed.length < HEADER + NONCE + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw damaged();
    }
    byte[] header = Arrays.copyOf(sealed, HEADER);
    byte[] nonce = Arrays.copyOfRange(sealed, HEADER, HEADER + NONCE);
    MasterKey key = key(Arrays.copyOfRange(header, 1, HEADER));
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, nonce, header, context)
              .doFinal(sealed, HEADER + NONCE, sealed.length - HEADER - NONCE);
      return new SecretText(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException _) {
      throw damaged();
    } catch (GeneralSecurityException e) {
      throw MnemeException.internal("open_failed", "A secret could not be decrypted.", e);
    }
  }

  private MasterKey key(byte[] id) {
    return keys.stream()
        .filter(key -> Arrays.equals(key.id(), id))
        .findFirst()
        .orElseThrow(() ->
            MnemeException.unavailable(
                "wrong_secret_key",
                "A stored secret was encrypted with another key ("
                    + HexFormat.of().formatHex(id)
                    + ") than the present one ("
                    + keyId()
                    + "). Bring back that secret.key, or give it in MNEME_SECRET_KEY after the"
                    + " present one and a comma; else store the secret again."));
  }

  private static Cipher cipher(int mode, MasterKey key, byte[] nonce, byte[] header, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(key.derive("seal"), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static MnemeException damaged() {
    return MnemeException.unavailable(
        "secret_damaged", "A stored secret is damaged or was moved; store it again.");
  }
}
