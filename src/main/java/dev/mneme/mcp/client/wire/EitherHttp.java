package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Streamable HTTP, or the older transport where the address takes no greeting by POST: then it is
 * greeted once more over a stream of events. Thread-safe.
 */
public final class EitherHttp implements Transport {
  private final Transport streamable;
  private final Supplier<Transport> older;
  private volatile Transport present;
  private volatile @Nullable Outgoing greeting;
  private volatile boolean closed;

  public EitherHttp(Transport streamable, Supplier<Transport> older) {
    this.streamable = streamable;
    this.older = older;
    this.present = streamable;
  }

  @Override
  public void open(Inbox hears) throws IOException {
    streamable.open(
        new Inbox() {
          @Override
          public void message(ObjectNode message, OptionalLong within) {
            hears.message(message, within);
          }

          @Override
          public void failed(JsonNode id, CallFailed failure) {
            Outgoing sent = greeting;
            if (sent != null && sent.message().path("id").equals(id) && isUnknown(failure)) {
              change(sent, hears);
            } else {
              hears.failed(id, failure);
            }
          }

          @Override
          public void closed(String reason) {
            hears.closed(reason);
          }
        });
  }

  /** Whether the address takes no such request, as opposed to a server that says what is wrong. */
  private static boolean isUnknown(CallFailed failure) {
    return failure.reason() == Reason.REFUSED && failure.code() == 0;
  }

  private synchronized void change(Outgoing sent, Inbox hears) {
    greeting = null;
    Transport other = older.get();
    present = other;
    try {
      if (closed) {
        throw new CallFailed(Reason.CLOSED, "the connection was closed");
      }
      other.open(hears);
      other.send(sent);
    } catch (CallFailed e) {
      hears.failed(sent.message().path("id"), e);
    } catch (IOException e) {
      hears.closed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void send(Outgoing message) throws CallFailed {
    if (message.message().path("method").asText().equals("initialize")) {
      greeting = message;
    }
    present.send(message);
  }

  @Override
  public void ask(Outgoing request) throws CallFailed {
    present.ask(request);
  }

  @Override
  public void agreed(String version) {
    present.agreed(version);
  }

  @Override
  public void greeted() {
    present.greeted();
  }

  @Override
  public boolean isRequestWise() {
    return present.isRequestWise();
  }

  @Override
  public void abandon(long id) {
    present.abandon(id);
  }

  @Override
  public synchronized void close() {
    closed = true;
    present.close();
  }
}
