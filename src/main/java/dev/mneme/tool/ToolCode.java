package dev.mneme.tool;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Python source of a tool or a script.
 *
 * @param name the file name shown in tracebacks, such as {@code calculator.py}
 * @param source the whole text
 * @param sha256 lower-case hex of the hash of the UTF-8 source; grants and caches are bound to it
 */
public record ToolCode(String name, String source, String sha256, Trust trust) {
  public static ToolCode of(String name, String source, Trust trust) {
    return new ToolCode(name, source, hash(source), trust);
  }

  private static String hash(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
