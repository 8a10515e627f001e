package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
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
  private static final String SESSION = "mcp-session-id";

  private final URI url;
  private final List<Credential> headers;
  private final OutboundClient http;
  private final Duration longestCall;
  private final Set<OutboundResponse> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile Optional<String> session = Optional.empty();
  private volatile Optional<String> version = Optional.empty();
  private volatile @Nullable Inbox inbox;

  /**
   * @param headers sent with each request, to this address alone
   * @param longestCall after which a request is given up
   */
  public HttpTransport(
      URI url, Map<String, String> headers, OutboundClient http, Duration longestCall) {
    this.url = url;
    this.headers =
        headers.entrySet().stream()
            .map(header -> new Credential(header.getKey(), header.getValue(), url))
            .toList();
    this.http = http;
    this.longestCall = longestCall;
  }

  @Override
  public void open(Inbox hears) {
    inbox = hears;
  }

  @Override
  public void agreed(String agreed) {
    version = Optional.of(agreed);
  }

  @Override
  public void send(ObjectNode message) throws CallFailed {
    Inbox hears = inbox;
    if (closed || hears == null) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    Thread.ofVirtual().name("mcp-http").start(() -> exchange(message, hears));
  }

  private void exchange(ObjectNode message, Inbox hears) {
    JsonNode id = message.has("method") ? message.path("id") : Json.mapper().missingNode();
    try (OutboundResponse answer = http.send(post(message))) {
      open.add(answer);
      try {
        take(answer, id, hears);
      } finally {
        open.remove(answer);
      }
    } catch (CallFailed e) {
      fail(hears, id, e);
    } catch (MnemeException e) {
      fail(hears, id, new CallFailed(Reason.CLOSED, e.message()));
    } catch (IOException | RuntimeException e) {
      fail(hears, id, new CallFailed(Reason.BROKEN, "the answer broke off: " + e.getMessage()));
    }
  }

  private void take(OutboundResponse answer, JsonNode id, Inbox hears)
      throws CallFailed, IOException {
    boolean had = session.isPresent();
    if (answer.status() == 404 && had) {
      throw new CallFailed(Reason.SESSION_LOST, "the server does not know the session any more");
    }
    if (!answer.successful()) {
      throw new CallFailed(
          answer.status() >= 500 ? Reason.CLOSED : Reason.REFUSED, refusal(answer));
    }
    if (!had) {
      session = answer.header(SESSION).filter(text -> text.matches("[\\x21-\\x7e]{1,1024}"));
    }
    if (id.isMissingNode()) {
      return;
    }
    String type = answer.header("content-type").orElse("");
    if (type.startsWith("text/event-stream")) {
      events(answer, hears);
    } else if (type.startsWith("application/json")) {
      deliver(Json.parse(answer.text()), hears);
    }
    // Harmless where the answer came: nobody waits for it any more.
    fail(hears, id, new CallFailed(Reason.BROKEN, "the server ended its answer without a result"));
  }

  private static void events(OutboundResponse answer, Inbox hears) throws IOException {
    Events events = new Events(answer.body(), LONGEST);
    for (Optional<Events.Event> event = events.next(); event.isPresent(); event = events.next()) {
      if (event.get().type().equals("message")) {
        deliver(Json.parse(event.get().data()), hears);
      }
    }
  }

  private static void deliver(JsonNode message, Inbox hears) {
    if (message instanceof ObjectNode object) {
      hears.message(object);
    } else if (message.isArray()) {
      message.forEach(one -> deliver(one, hears));
    }
  }

  private static void fail(Inbox hears, JsonNode id, CallFailed failure) {
    if (id.isIntegralNumber()) {
      hears.failed(id, failure);
    }
  }

  private static String refusal(OutboundResponse answer) {
    if (answer.status() == 401 || answer.status() == 403) {
      return "the server refused access (HTTP " + answer.status() + "); check its headers";
    }
    return "the server answered HTTP " + answer.status();
  }

  private OutboundRequest post(ObjectNode message) {
    OutboundRequest request =
        OutboundRequest.post(url, OutboundBody.json(Json.write(message)))
            .within(longestCall, LONGEST)
            .withHeaders(plain());
    for (Credential header : headers) {
      request = request.with(header);
    }
    return request;
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
    open.forEach(OutboundResponse::close);
    if (session.isEmpty()) {
      return;
    }
    OutboundRequest bye =
        new OutboundRequest(
            "DELETE", url, plain(), headers, Optional.empty(), GOODBYE, GOODBYE, LONGEST);
    try (OutboundResponse _ = http.send(bye)) {
      session = Optional.empty();
    } catch (MnemeException _) {
      // It may be gone.
    }
  }
}
