package dev.mneme.net;

import java.net.URI;

/**
 * A header that holds a key, and the URL the key was stored with: it is sent to that origin and to
 * no other, wherever a redirect leads.
 */
public record Credential(String header, String value, URI storedWith) {
  /** A key for the {@code Authorization} header. */
  public static Credential bearer(String key, URI storedWith) {
    return new Credential("Authorization", "Bearer " + key, storedWith);
  }

  boolean belongsTo(Origin origin) {
    return Origin.of(storedWith).equals(origin);
  }

  @Override
  public String toString() {
    return "Credential[" + header + ", ****]";
  }
}
