package dev.mneme.mcp.client.wire;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.Exchange;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP: each message is a request of its own, whose answer is JSON or a stream of
 * events. All servers share one client; a request under way costs one virtual thread, a server at
 * rest nothing.
 */
public final class HttpTransport implements Transport {
  private static final int LONGEST = 16 << 20;
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration BEGINS = Duration.ofSeconds(1);
  private static final Duration STANDING = Duration.ofHours(1);
  private static final String SESSION = "mcp-session-id";

  private final HttpDoor door;
  private final Map<Object, Exchange> open = new ConcurrentHashMap<>();
  private final Object standing = new Object();
  private volatile boolean closed;
  private volatile Optional<String> session = Optional.empty();
  private volatile Optional<String> version = Optional.empty();
  private volatile @Nullable Inbox inbox;

  public HttpTransport(HttpDoor door) {
    this.door = door;
  }

  @Override
  public void open(Inbox hears) {
    inbox = hears;
  }

  @Override
  public void agreed(String agreed) {
    version = Optional.of(agreed).filter(text -> !text.isEmpty());
  }

  /**
   * Waits a moment for the stream: a server may ask on it as soon as it is called, and what it says
   * before there is one is lost.
   */
  @Override
  public void greeted() {
    Inbox hears = inbox;
    if (hears == null) {
      return;
    }
    CountDownLatch begun = new CountDownLatch(1);
    Thread.ofVirtual()
        .name("mcp-http-stream")
        .start(new StandingStream(last -> listen(last, begun), hears));
    try {
      boolean _ = begun.await(BEGINS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private OutboundResponse listen(Optional<String> last, CountDownLatch begun) throws CallFailed {
    Map<String, String> plain = plain();
    plain.put("accept", "text/event-stream");
    last.ifPresent(id -> plain.put("last-event-id", id));
    try {
      Exchange exchange = begin(standing, new Exchange());
      return door.send(knock("GET", plain, Optional.empty(), () -> STANDING), exchange);
    } finally {
      begun.countDown();
    }
  }

  /** From now on it ends when this is closed. */
  private Exchange begin(Object key, Exchange exchange) throws CallFailed {
    open.put(key, exchange);
    if (closed) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    return exchange;
  }

  @Override
  public boolean isRequestWise() {
    return true;
  }

  @Override
  public void send(Outgoing message) throws CallFailed {
    Inbox hears = hears();
    // What is said of the revision now counts, not what will be agreed until it is sent.
    Map<String, String> plain = plain();
    Thread.ofVirtual().name("mcp-http").start(() -> exchange(message, plain, hears));
  }

  /** On the calling thread, which would have to wait for another one anyway. */
  @Override
  public void ask(Outgoing request) throws CallFailed {
    exchange(request, plain(), hears());
  }

  private Inbox hears() throws CallFailed {
    Inbox hears = inbox;
    if (closed || hears == null) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    return hears;
  }

  @Override
  public void abandon(long id) {
    Optional.ofNullable(open.remove(id)).ifPresent(Exchange::cancel);
  }

  private void exchange(Outgoing sent, Map<String, String> plain, Inbox hears) {
    plain.putAll(sent.headers());
    Object key = sent.id().isIntegralNumber() ? sent.id().longValue() : new Object();
    try {
      Exchange exchange = begin(key, new Exchange(sent.left()));
      OutboundBody body = OutboundBody.json(Json.write(sent.message()));
      HttpDoor.Knock post = knock("POST", plain, Optional.of(body), sent.left());
      try (OutboundResponse answer = door.admitted(post, exchange)) {
        take(answer, sent, exchange, hears);
      }
    } catch (CallFailed e) {
      fail(hears, sent, e);
    } catch (MnemeException e) {
      fail(hears, sent, new CallFailed(late(sent).orElse(Reason.CLOSED), e.message()));
    } catch (IOException | RuntimeException e) {
      String why = "the answer broke off: " + e.getMessage();
      fail(hears, sent, new CallFailed(late(sent).orElse(Reason.BROKEN), why));
    } finally {
      open.remove(key);
    }
  }

  private static Optional<Reason> late(Outgoing sent) {
    return sent.left().get().isPositive() ? Optional.empty() : Optional.of(Reason.TIMEOUT);
  }

  private void take(OutboundResponse answer, Outgoing sent, Exchange exchange, Inbox hears)
      throws CallFailed, IOException {
    boolean sessions = version.map(v -> !v.equals(ModernEra.REVISION)).orElse(true);
    boolean had = session.isPresent();
    if (answer.status() == 404 && had) {
      throw new CallFailed(Reason.SESSION_LOST, "the server does not know the session any more");
    }
    if (!answer.successful()) {
      throw HttpRefusals.of(answer);
    }
    if (!had && sessions) {
      session = answer.header(SESSION).filter(HttpDoor::isWord);
    }
    if (sent.id().isMissingNode()) {
      return;
    }
    HttpAnswer reading = new HttpAnswer(sent.id().longValue(), hears, LONGEST);
    reading.read(answer);
    for (int tries = 0; sessions && reading.isResumable() && tries < HttpAnswer.RESUMES; tries++) {
      resume(reading, sent.left(), exchange);
    }
    if (!reading.isAnswered()) {
      throw new CallFailed(Reason.BROKEN, "the server ended its answer without a result");
    }
  }

  /** A stream may end before it has said all; the rest is fetched after a pause it named. */
  private void resume(HttpAnswer reading, Supplier<Duration> left, Exchange exchange)
      throws CallFailed, IOException {
    Duration most = left.get();
    boolean late = most.compareTo(reading.pause()) < 0;
    try {
      if (!exchange.pause(late ? most : reading.pause())) {
        throw new CallFailed(Reason.CLOSED, "the connection was closed");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled.");
    }
    Map<String, String> plain = plain();
    plain.put("accept", "text/event-stream");
    plain.put("last-event-id", reading.last());
    HttpDoor.Knock rest = knock("GET", plain, Optional.empty(), left);
    try (OutboundResponse answer = door.send(rest, exchange)) {
      if (!answer.successful()) {
        throw HttpRefusals.of(answer);
      }
      reading.read(answer);
    }
  }

  private static void fail(Inbox hears, Outgoing sent, CallFailed failure) {
    if (sent.id().isIntegralNumber()) {
      hears.failed(sent.id(), failure);
    }
  }

  private HttpDoor.Knock knock(
      String method,
      Map<String, String> plain,
      Optional<OutboundBody> body,
      Supplier<Duration> left) {
    return new HttpDoor.Knock(method, door.url(), plain, body, left, LONGEST);
  }

  private Map<String, String> plain() {
    Map<String, String> plain = new HashMap<>();
    plain.put("accept", "application/json, text/event-stream");
    session.ifPresent(id -> plain.put(SESSION, id));
    version.ifPresent(agreed -> plain.put("mcp-protocol-version", agreed));
    return plain;
  }

  /** Ends the session at the server, so that it is not left to forget it. */
  @Override
  public void close() {
    closed = true;
    open.values().forEach(Exchange::cancel);
    if (session.isEmpty()) {
      return;
    }
    HttpDoor.Knock goodbye = knock("DELETE", plain(), Optional.empty(), () -> GOODBYE);
    try (OutboundResponse _ = door.send(goodbye, new Exchange())) {
      session = Optional.empty();
    } catch (MnemeException | CallFailed _) {
      // It may be gone.
    }
  }
}
