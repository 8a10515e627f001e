package dev.mneme.common;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Makes ids of the form {@code prefix-uuid4}, lower case, as the Letta API writes them.
 *
 * <p>They begin with the moment of their making, so that rows that are written together stand
 * together in every index; 74 bits are random. An id names a thing and is never a key to it.
 * Thread-safe when its generator is.
 */
public final class Ids {
  private static final Pattern FORM =
      Pattern.compile(
          "[a-z_]+-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  private final RandomGenerator random;
  private final InstantSource clock;

  public Ids(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  public String next(String prefix) {
    return id(prefix, clock.millis() << 16 | random.nextLong() >>> 48, random.nextLong());
  }

  /** The id that follows from a name: the same at every time and in every process. */
  public static String named(String prefix, String name) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(name));
    return id(prefix, hash.getLong(), hash.getLong());
  }

  private static String id(String prefix, long high, long low) {
    UUID uuid =
        new UUID(
            (high & 0xffff_ffff_ffff_0fffL) | 0x4000L,
            (low & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    return prefix + '-' + uuid;
  }

  /** Whether the text has the form of an id with this prefix. */
  public static boolean isId(String prefix, String text) {
    return text.length() == prefix.length() + 37
        && text.startsWith(prefix)
        && FORM.matcher(text).matches();
  }
}
