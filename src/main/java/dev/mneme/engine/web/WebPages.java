package dev.mneme.engine.web;

import dev.mneme.common.MnemeException;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fetches single pages as text. Thread-safe; whoever asks waits. */
public final class WebPages {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_TEXT = 200_000;
  private static final int HEAD = 1024;
  private static final Pattern CHARSET =
      Pattern.compile("(?i)charset\\s{0,3}=\\s{0,3}[\"']?([A-Za-z0-9_:.-]{1,40})");

  private final NetPolicy policy;

  /**
   * @param policy which hosts may be asked
   */
  public WebPages(NetPolicy policy) {
    this.policy = policy;
  }

  /**
   * The text of a page, under its title and its address.
   *
   * @param url http or https
   * @throws MnemeException {@code invalid_url}, {@code page_unavailable}, {@code page_type}, and
   *     what {@link OutboundClient} refuses
   */
  public String fetch(String url) {
    OutboundRequest request =
        OutboundRequest.get(uri(url))
            .withHeaders(Map.of("Accept", "text/html, text/*;q=0.9, application/json;q=0.8"))
            .within(TIMEOUT, MAX_BYTES);
    // Rare enough for a client of its own, which then needs no end of its own either.
    try (OutboundClient client = new OutboundClient(policy);
        OutboundResponse response = client.send(request)) {
      if (!response.successful()) {
        throw MnemeException.invalid(
            "page_unavailable", "The page answered with status " + response.status() + ".");
      }
      return cut(text(response));
    }
  }

  private static String text(OutboundResponse response) {
    String type = response.header("Content-Type").orElse("text/html").toLowerCase(Locale.ROOT);
    String plain = type.split(";", 2)[0].strip();
    boolean html = plain.equals("text/html") || plain.equals("application/xhtml+xml");
    if (!html && !plain.startsWith("text/") && !plain.endsWith("json") && !plain.endsWith("xml")) {
      throw MnemeException.invalid(
          "page_type", "What is there is no text but " + plain + ", which cannot be read here.");
    }
    byte[] bytes = response.bytes();
    String content = new String(bytes, charset(type, bytes));
    return response.uri() + "\n\n" + (html ? HtmlText.of(content, response.uri()) : content);
  }

  private static Charset charset(String type, byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
    return named(type).or(() -> named(head)).orElse(StandardCharsets.UTF_8);
  }

  private static Optional<Charset> named(String text) {
    Matcher matcher = CHARSET.matcher(text);
    try {
      return matcher.find() ? Optional.of(Charset.forName(matcher.group(1))) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT
        ? text
        : text.substring(0, MAX_TEXT) + "\n[cut: the page goes on]";
  }

  private static URI uri(String url) {
    try {
      URI uri = new URI(url.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below.
    }
    throw MnemeException.invalid("invalid_url", "Give a whole URL with http:// or https://.");
  }
}
