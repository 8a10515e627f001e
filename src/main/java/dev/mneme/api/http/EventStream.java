package dev.mneme.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stream of server-sent events as the Letta clients read it: data alone, for they take an event
 * with another name than {@code error} for something else. Confined to the request's thread; writes
 * fail once the client has gone.
 */
public final class EventStream {
  private static final byte[] DATA = bytes("data: ");
  private static final byte[] ERROR = bytes("event: error\n");
  private static final byte[] END = bytes("\n\n");
  private static final byte[] DONE = bytes("data: [DONE]\n\n");

  private final OutputStream out;
  private final Optional<Instant> until;

  private EventStream(OutputStream out, Optional<Instant> until) {
    this.out = out;
    this.until = until;
  }

  /** Answers a request with a stream; the status is told at once. */
  public static EventStream answer(Call call) throws IOException {
    call.context()
        .contentType("text/event-stream")
        .header("Cache-Control", "no-cache")
        .header("X-Accel-Buffering", "no");
    EventStream stream = new EventStream(call.context().res().getOutputStream(), call.until());
    stream.flush();
    return stream;
  }

  /** Whether the token is over that let the client in: then nothing more is told. */
  public boolean isOver() {
    return until.filter(end -> !Instant.now().isBefore(end)).isPresent();
  }

  /**
   * How long to wait for something to tell before another look at {@link #isOver}.
   *
   * @param most where no token ends before
   */
  public Duration patience(Duration most) {
    return until
        .map(end -> Duration.between(Instant.now(), end))
        .filter(left -> left.compareTo(most) < 0)
        .map(left -> left.isNegative() ? Duration.ZERO : left.plusMillis(1))
        .orElse(most);
  }

  public void data(Object value) throws IOException {
    out.write(DATA);
    out.write(Wire.bytes(value));
    out.write(END);
  }

  public void error(Object value) throws IOException {
    out.write(ERROR);
    data(value);
  }

  public void done() throws IOException {
    out.write(DONE);
    flush();
  }

  /** Sends what was written. */
  public void flush() throws IOException {
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
