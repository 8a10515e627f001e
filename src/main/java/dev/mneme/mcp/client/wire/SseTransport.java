package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import dev.mneme.net.Exchange;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP with server-sent events, as revision 2024-11-05 has it: one stream brings all that the
 * server says, and first of all where requests go. When the stream ends, so does the connection.
 */
public final class SseTransport implements Transport {
  private static final int LONGEST = 16 << 20;

  /** All of a stream; each of its events is bounded by itself. */
  private static final long ENDLESS = 1L << 50;

  private static final Duration STANDING = Duration.ofDays(7);
  private static final Map<String, String> EVENTS = Map.of("accept", "text/event-stream");

  private final HttpDoor door;
  private final CompletableFuture<URI> endpoint = new CompletableFuture<>();
  private final Exchange listening = new Exchange();
  private volatile @Nullable Inbox inbox;
  private volatile boolean closed;

  public SseTransport(HttpDoor door) {
    this.door = door;
  }

  @Override
  public void open(Inbox hears) {
    inbox = hears;
    Thread.ofVirtual().name("mcp-sse").start(() -> listen(hears));
  }

  private void listen(Inbox hears) {
    HttpDoor.Knock knock =
        new HttpDoor.Knock("GET", door.url(), EVENTS, Optional.empty(), () -> STANDING, ENDLESS);
    try (OutboundResponse answer = door.admitted(knock, listening)) {
      if (!answer.successful()) {
        throw HttpRefusals.of(answer);
      }
      if (!answer.header("content-type").orElse("").startsWith("text/event-stream")) {
        throw new CallFailed(Reason.BROKEN, "the server answered with no stream of events");
      }
      read(new Events(answer.body(), LONGEST), hears);
      end(hears, new CallFailed(Reason.CLOSED, "the server ended its stream"));
    } catch (CallFailed e) {
      end(hears, e);
    } catch (IOException | RuntimeException e) {
      end(hears, new CallFailed(Reason.CLOSED, "the stream broke off: " + e.getMessage()));
    }
  }

  /** Who has to log in first is told so by the request that waits, which knows why. */
  private void end(Inbox hears, CallFailed why) {
    boolean waited = endpoint.completeExceptionally(why);
    if (!waited || why.reason() != Reason.UNAUTHORIZED) {
      hears.closed(why.message());
    }
  }

  private void read(Events events, Inbox hears) throws IOException, CallFailed {
    for (Optional<Events.Event> event = events.next(); event.isPresent(); event = events.next()) {
      Events.Event present = event.get();
      if (present.type().equals("endpoint")) {
        endpoint.complete(door.within(present.data()));
      } else if (present.type().equals("message") && !present.data().isBlank()) {
        JsonNode message = Json.parse(present.data());
        if (message instanceof ObjectNode object) {
          hears.message(object, OptionalLong.empty());
        }
      }
    }
  }

  @Override
  public void send(Outgoing message) throws CallFailed {
    Inbox hears = inbox;
    if (closed || hears == null) {
      throw new CallFailed(Reason.CLOSED, "the connection was closed");
    }
    Thread.ofVirtual().name("mcp-sse-post").start(() -> post(message, hears));
  }

  private void post(Outgoing sent, Inbox hears) {
    try {
      URI place = place(sent.left().get());
      HttpDoor.Knock knock =
          new HttpDoor.Knock(
              "POST",
              place,
              Map.of("accept", "application/json, text/event-stream"),
              Optional.of(OutboundBody.json(Json.write(sent.message()))),
              sent.left(),
              LONGEST);
      try (OutboundResponse answer = door.admitted(knock, new Exchange())) {
        if (answer.status() == 404) {
          throw new CallFailed(Reason.SESSION_LOST, "the server does not know the stream any more");
        }
        if (!answer.successful()) {
          throw HttpRefusals.of(answer);
        }
      }
    } catch (CallFailed e) {
      fail(hears, sent, e);
    } catch (MnemeException e) {
      fail(hears, sent, new CallFailed(Reason.CLOSED, e.message()));
    }
  }

  private URI place(Duration left) throws CallFailed {
    try {
      return endpoint.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CallFailed failed
          ? new CallFailed(failed.reason(), failed.message())
          : new CallFailed(Reason.CLOSED, String.valueOf(e.getMessage()));
    } catch (TimeoutException _) {
      throw new CallFailed(Reason.TIMEOUT, "the server did not say where requests go");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CallFailed(Reason.CANCELLED, "The call was cancelled.");
    }
  }

  private static void fail(Inbox hears, Outgoing sent, CallFailed failure) {
    if (sent.id().isIntegralNumber()) {
      hears.failed(sent.id(), failure);
    }
  }

  @Override
  public void close() {
    closed = true;
    listening.cancel();
    endpoint.completeExceptionally(new CallFailed(Reason.CLOSED, "the connection was closed"));
  }
}
