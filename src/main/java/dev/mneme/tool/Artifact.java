package dev.mneme.tool;

import dev.mneme.common.Texts;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file that code left in its folder for results.
 *
 * @param name its path in that folder; chosen by the code
 * @param mediaType an image's or a sound's by its first bytes, of others by the ending of the name
 * @param base64 the content
 * @param id by which a later call can be given it; absent where it was not kept
 */
public record Artifact(String name, String mediaType, String base64, Optional<String> id) {
  private static final int MAX_NAME = 200;
  private static final String SOUND = "audio/wav";
  private static final String UNKNOWN = "application/octet-stream";

  /** How the content of an image begins, as base64. */
  private static final Map<String, String> IMAGES =
      Map.of(
          "iVBORw0KGgo", "image/png",
          "/9j/", "image/jpeg",
          "R0lGOD", "image/gif",
          "UklGR", "image/webp");

  private static final Map<String, String> ENDINGS =
      Map.of(
          "txt", "text/plain",
          "log", "text/plain",
          "md", "text/markdown",
          "csv", "text/csv",
          "html", "text/html",
          "json", "application/json",
          "svg", "image/svg+xml");

  /** One that is not kept. */
  public Artifact(String name, String mediaType, String base64) {
    this(name, mediaType, base64, Optional.empty());
  }

  /** The same, kept under this id. */
  public Artifact keptAs(String kept) {
    return new Artifact(name, mediaType, base64, Optional.of(kept));
  }

  /** Checks what a worker sent; throws {@link IllegalArgumentException} when it is not base64. */
  public static Artifact of(String name, String base64) {
    Base64.getDecoder().decode(base64);
    String shown = name.replaceAll("\\p{Cntrl}", "?");
    shown = Texts.head(shown, MAX_NAME);
    return new Artifact(shown, mediaType(name, base64), base64);
  }

  /** Whether a client can show it as a picture. */
  public boolean isPicture() {
    return IMAGES.containsValue(mediaType);
  }

  /** Whether a client can play it. */
  public boolean isSound() {
    return mediaType.equals(SOUND);
  }

  public boolean isText() {
    return !isPicture() && !isSound() && !mediaType.equals(UNKNOWN);
  }

  public int bytes() {
    return Base64.getDecoder().decode(base64).length;
  }

  private static String mediaType(String name, String base64) {
    // Two kinds begin alike: RIFF, a length, and then the kind.
    if (base64.startsWith("UklGR") && base64.startsWith("QVZF", 12)) {
      return SOUND;
    }
    for (Map.Entry<String, String> image : IMAGES.entrySet()) {
      if (base64.startsWith(image.getKey())) {
        return image.getValue();
      }
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.getOrDefault(ending, UNKNOWN);
  }
}
