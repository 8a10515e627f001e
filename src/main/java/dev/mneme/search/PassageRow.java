package dev.mneme.search;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A passage as it stands in the database. */
record PassageRow(
    String id,
    String owner,
    String archive,
    String text,
    List<String> tags,
    Instant created,
    long sequence) {
  PassageRow {
    tags = List.copyOf(tags);
  }

  /** Under which its vector is stored. */
  String textHash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
