package dev.mneme.net;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An answer whose body is still to be read; closing it ends the exchange. Reading past the
 * request's size or time limit throws. Not thread-safe, except for {@link #close()}.
 */
public final class OutboundResponse implements AutoCloseable {
  private static final Duration REST_TIME = Duration.ofMillis(250);
  private static final int REST_BYTES = 8 * 1024;

  private final int status;
  private final URI uri;
  private final Map<String, List<String>> headers;
  private final InputStream body;
  private final Deadline deadline;
  private final Runnable onClose;

  OutboundResponse(
      int status,
      URI uri,
      Map<String, List<String>> headers,
      InputStream body,
      Deadline deadline,
      Runnable onClose) {
    this.deadline = deadline;
    this.status = status;
    this.uri = uri;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.onClose = onClose;
  }

  public int status() {
    return status;
  }

  public boolean successful() {
    return status >= 200 && status < 300;
  }

  /** The URL that answered, after redirects. */
  public URI uri() {
    return uri;
  }

  /** All headers, names in lower case. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** The body as it arrives. */
  public InputStream body() {
    return body;
  }

  /** What reading the body threw, as an error a user can act on. */
  public MnemeException failure(IOException thrown) {
    return NetErrors.translate(uri, thrown);
  }

  public byte[] bytes() {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw NetErrors.translate(uri, e);
    }
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /**
   * Reads what is left and throws it away, so that the connection can be used again; gives up where
   * that is more, or takes longer, than what a sound server adds to an answer.
   */
  public void discardRest() {
    deadline.shorten(REST_TIME);
    try {
      byte[] scratch = new byte[512];
      int read = 0;
      for (int left = REST_BYTES; left > 0 && read >= 0; left -= read) {
        read = body.read(scratch);
      }
    } catch (IOException _) {
      // Too late, or too much; closing ends the connection then.
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
