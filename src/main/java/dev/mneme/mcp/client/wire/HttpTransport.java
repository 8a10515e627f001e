package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.Credential;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
  private static final Duration SLACK = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Duration STANDING = Duration.ofHours(1);
  private static final String SESSION = "mcp-session-id";
  private static final int RENEWALS = 2;

  private final URI url;
  private final List<Credential> headers;
  private final OutboundClient http;
  private final Access access;
  private final Map<Object, OutboundResponse> open = new ConcurrentHashMap<>();
  private final Object standing = new Object();
  private volatile boolean closed;
  private volatile Optional<String> session = Optional.empty();
  private volatile Optional<String> version = Optional.empty();
  private volatile @Nullable Inbox inbox;

  /**
   * @param headers sent with each request, to this address alone
   */
  public HttpTransport(URI url, Map<String, String> headers, OutboundClient http, Access access) {
    this.url = url;
    this.headers =
        headers.entrySet().stream()
            .map(header -> new Credential(header.getKey(), header.getValue(), url))
            .toList();
    this.http = http;
    this.access = access;
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
    OutboundResponse stream =
        http.send(request("GET", plain, access.pass("GET", url), Optional.empty(), STANDING));
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
    try (OutboundResponse answer = admitted(sent, plain)) {
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

  /**
   * Sends, with a better token where the first was refused; a server that is never content ends.
   */
  private OutboundResponse admitted(Outgoing sent, Map<String, String> plain) throws CallFailed {
    for (int renewals = 0; ; renewals++) {
      Optional<Access.Pass> pass = access.pass("POST", url);
      OutboundResponse answer = http.send(post(sent, plain, pass));
      boolean refused = answer.status() == 401 || answer.status() == 403;
      Optional<String> nonce = answer.header("dpop-nonce").filter(HttpTransport::isWord);
      if (!refused || renewals == RENEWALS) {
        nonce.ifPresent(access::hear);
        return answer;
      }
      List<String> challenges = answer.headers().getOrDefault("www-authenticate", List.of());
      boolean again;
      try {
        again =
            access.renewed(
                new Access.Refusal(
                    answer.status(), pass.map(Access.Pass::token), challenges, nonce));
      } catch (CallFailed | RuntimeException e) {
        answer.close();
        throw e;
      }
      if (!again) {
        return answer;
      }
      answer.close();
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
      session = answer.header(SESSION).filter(HttpTransport::isWord);
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
    Optional<Access.Pass> pass = access.pass("GET", url);
    OutboundRequest request = request("GET", plain, pass, Optional.empty(), patience);
    try (OutboundResponse rest = http.send(request)) {
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

  private OutboundRequest post(
      Outgoing sent, Map<String, String> plain, Optional<Access.Pass> pass) {
    OutboundBody body = OutboundBody.json(Json.write(sent.message()));
    return request("POST", plain, pass, Optional.of(body), sent.patience());
  }

  private OutboundRequest request(
      String method,
      Map<String, String> plain,
      Optional<Access.Pass> pass,
      Optional<OutboundBody> body,
      Duration patience) {
    Duration time = patience.plus(SLACK);
    OutboundRequest request =
        new OutboundRequest(method, url, plain, headers, body, time, time, LONGEST);
    Map<String, String> opening = pass.map(Access.Pass::headers).orElse(Map.of());
    for (Map.Entry<String, String> header : opening.entrySet()) {
      request = request.with(new Credential(header.getKey(), header.getValue(), url));
    }
    return request;
  }

  private static boolean isWord(String text) {
    return text.matches("[\\x21-\\x7e]{1,1024}");
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
    open.values().forEach(OutboundResponse::close);
    if (session.isEmpty()) {
      return;
    }
    try (OutboundResponse _ =
        http.send(
            request("DELETE", plain(), access.pass("DELETE", url), Optional.empty(), GOODBYE))) {
      session = Optional.empty();
    } catch (MnemeException | CallFailed _) {
      // It may be gone.
    }
  }
}
