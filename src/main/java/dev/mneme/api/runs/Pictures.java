package dev.mneme.api.runs;

import dev.mneme.common.MnemeException;
import dev.mneme.model.Content;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Fetches pictures that messages name by their address; they are kept as they were then. What they
 * are is told by their bytes, not by whoever sends them. Thread-safe.
 */
public final class Pictures {
  static final int MAX_BYTES = 5 << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  private final NetPolicy policy;

  /**
   * @param policy which hosts may be asked
   */
  public Pictures(NetPolicy policy) {
    this.policy = policy;
  }

  /**
   * @param url http, https or data
   * @throws MnemeException {@code image_unavailable}, {@code image_type_unknown}, {@code
   *     invalid_url}, and what {@link OutboundClient} refuses
   */
  Content.Image fetch(String url) {
    return url.startsWith(DATA) ? inline(url) : image(download(uri(url)));
  }

  private byte[] download(URI uri) {
    // Rare enough for a client of its own, which then needs no end of its own either.
    try (OutboundClient client = new OutboundClient(policy);
        OutboundResponse response =
            client.send(OutboundRequest.get(uri).within(TIMEOUT, MAX_BYTES))) {
      if (!response.successful()) {
        throw MnemeException.invalid(
            "image_unavailable",
            "The image's host answered with status "
                + response.status()
                + "; check its address, or send the image as Base64.");
      }
      return response.bytes();
    }
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException _) {
      throw MnemeException.invalid("invalid_url", "The image's url is not a URL.");
    }
  }

  private static Content.Image inline(String url) {
    int at = url.indexOf(BASE64);
    if (at < 0) {
      throw MnemeException.invalid(
          "invalid_url", "An image's data URL has the form data:image/png;base64,…");
    }
    try {
      return image(Base64.getDecoder().decode(url.substring(at + BASE64.length())));
    } catch (IllegalArgumentException _) {
      throw MnemeException.invalid("invalid_url", "The image's data URL is not Base64.");
    }
  }

  private static Content.Image image(byte[] bytes) {
    String type =
        type(bytes)
            .orElseThrow(() ->
                MnemeException.invalid(
                    "image_type_unknown",
                    "What is at the image's url is none that models take; use PNG, JPEG, GIF or"
                        + " WebP."));
    return new Content.Image(type, Base64.getEncoder().encodeToString(bytes));
  }

  private static Optional<String> type(byte[] bytes) {
    if (starts(bytes, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of("image/png");
    }
    if (starts(bytes, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of("image/jpeg");
    }
    if (starts(bytes, 0, "GIF8")) {
      return Optional.of("image/gif");
    }
    return starts(bytes, 0, "RIFF") && starts(bytes, 8, "WEBP")
        ? Optional.of("image/webp")
        : Optional.empty();
  }

  /**
   * @param signature a character a byte
   */
  private static boolean starts(byte[] bytes, int at, String signature) {
    if (bytes.length < at + signature.length()) {
      return false;
    }
    for (int i = 0; i < signature.length(); i++) {
      if ((bytes[at + i] & 0xff) != signature.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
