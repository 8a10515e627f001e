package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP: each message is a request of its own, whose answer is JSON or a stream of
 * events. All servers share one client; a request under way costs one virtual thread, a server at
 * rest nothing.
 */
public final class HttpTransport implements Transport {
  private static final int LONGEST = 16 << 20;
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration STANDING = Duration.ofHours(1);
  private static final String SESSION = "mcp-session-id";

  private final HttpDoor door;
  private final Map<Object, OutboundResponse> open = new ConcurrentHashMap<>();
  private final Object standing = new Object();
  private final Hangup hangup = new Hangup();
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

  @Override
  public void greeted() {
    Inbox hears = inbox;
    if (hears != null) {
      Thread.ofVirtual()
          .name("mcp-http-stream")
          .start(new StandingStream(last -> listen(last), hears));
    }
  }

  private OutboundResponse listen(Optional<String> last) throws CallFailed {
    if (closed) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    Map<String, String> plain = plain();
    plain.put("accept", "text/event-stream");
    last.ifPresent(id -> plain.put("last-event-id", id));
    OutboundResponse stream = door.send(knock("GET", plain, Optional.empty(), STANDING), hangup);
    open.put(standing, stream);
    if (closed) {
      stream.close();
    }
    return stream;
  }

  @Override
  public boolean isRequestWise() {
    return true;
  }

  @Override
  public void send(Outgoing message) throws CallFailed {
    Inbox hears = inbox;
    if (closed || hears == null) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    // What is said of the revision now counts, not what will be agreed until it is sent.
    Map<String, String> plain = plain();
    plain.putAll(message.headers());
    Thread.ofVirtual().name("mcp-http").start(() -> exchange(message, plain, hears));
  }

  @Override
  public void abandon(long id) {
    Optional.ofNullable(open.remove(id)).ifPresent(OutboundResponse::close);
  }

  private void exchange(Outgoing sent, Map<String, String> plain, Inbox hears) {
    JsonNode id =
        sent.message().has("method") ? sent.message().path("id") : Json.mapper().missingNode();
    Object key = id.isIntegralNumber() ? id.longValue() : new Object();
    try (OutboundResponse answer = door.admitted(post(sent, plain))) {
      open.put(key, answer);
      take(answer, sent, id, hears);
    } catch (CallFailed e) {
      fail(hears, id, e);
    } catch (MnemeException e) {
      fail(hears, id, new CallFailed(Reason.CLOSED, e.message()));
    } catch (IOException | RuntimeException e) {
      fail(hears, id, new CallFailed(Reason.BROKEN, "the answer broke off: " + e.getMessage()));
    } finally {
      open.remove(key);
    }
  }

  private void take(OutboundResponse answer, Outgoing sent, JsonNode id, Inbox hears)
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
    if (id.isMissingNode()) {
      return;
    }
    HttpAnswer reading = new HttpAnswer(id, hears, LONGEST);
    reading.read(answer);
    for (int tries = 0; sessions && reading.isResumable() && tries < HttpAnswer.RESUMES; tries++) {
      resume(reading, sent.patience());
    }
    // Harmless where the answer came: nobody waits for it any more.
    fail(hears, id, new CallFailed(Reason.BROKEN, "the server ended its answer without a result"));
  }

  /** A stream may end before it has said all; the rest is fetched after a pause it named. */
  private void resume(HttpAnswer reading, Duration patience) throws CallFailed, IOException {
    try {
      Thread.sleep(reading.pause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled.");
    }
    Map<String, String> plain = plain();
    plain.put("accept", "text/event-stream");
    plain.put("last-event-id", reading.last());
    Object key = reading.id();
    try (OutboundResponse rest = door.send(knock("GET", plain, Optional.empty(), patience))) {
      open.put(key, rest);
      if (!rest.successful()) {
        throw HttpRefusals.of(rest);
      }
      reading.read(rest);
    }
  }

  private static void fail(Inbox hears, JsonNode id, CallFailed failure) {
    if (id.isIntegralNumber()) {
      hears.failed(id, failure);
    }
  }

  private HttpDoor.Knock post(Outgoing sent, Map<String, String> plain) {
    OutboundBody body = OutboundBody.json(Json.write(sent.message()));
    return knock("POST", plain, Optional.of(body), sent.patience());
  }

  private HttpDoor.Knock knock(
      String method, Map<String, String> plain, Optional<OutboundBody> body, Duration patience) {
    return new HttpDoor.Knock(method, door.url(), plain, body, patience, LONGEST);
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
    hangup.close();
    open.values().forEach(OutboundResponse::close);
    if (session.isEmpty()) {
      return;
    }
    try (OutboundResponse _ = door.send(knock("DELETE", plain(), Optional.empty(), GOODBYE))) {
      session = Optional.empty();
    } catch (MnemeException | CallFailed _) {
      // It may be gone.
    }
  }
}
