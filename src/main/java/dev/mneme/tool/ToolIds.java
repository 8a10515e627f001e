package dev.mneme.tool;

import dev.mneme.common.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids of tools that are no rows: they follow from owner and name, so that they stay the same. */
final class ToolIds {
  private ToolIds() {}

  static String of(Owner owner, String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] text = ("tool/" + owner.id() + "/" + name).getBytes(StandardCharsets.UTF_8);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(text));
      long high = (hash.getLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
      long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
      return "tool-" + new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
