package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The stream on which a server of the older generation says over HTTP what belongs to no request:
 * that its tools changed, or a question. A server need not have one. Runs on a thread of its own, a
 * virtual one that waits.
 */
final class StandingStream implements Runnable {
  private static final int LONGEST = 16 << 20;
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 60_000;

  /** Opens it; what it said last is named, so that nothing in between is lost. */
  @FunctionalInterface
  interface Opener {
    OutboundResponse open(Optional<String> last) throws CallFailed;
  }

  private final Opener opener;
  private final Inbox hears;
  private Optional<String> last = Optional.empty();
  private long pause = FIRST_PAUSE;

  StandingStream(Opener opener, Inbox hears) {
    this.opener = opener;
    this.hears = hears;
  }

  @Override
  public void run() {
    try {
      while (listen()) {
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      }
    } catch (CallFailed | MnemeException _) {
      // Without it all else works; another session tries again.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it makes sense to open it again. */
  private boolean listen() throws CallFailed {
    try (OutboundResponse stream = opener.open(last)) {
      boolean usable =
          stream.successful()
              && stream.header("content-type").orElse("").startsWith("text/event-stream");
      if (usable) {
        read(new Events(stream.body(), LONGEST));
      }
      return usable;
    } catch (IOException _) {
      return true;
    }
  }

  private void read(Events events) throws IOException {
    for (Optional<Events.Event> event = events.next(); event.isPresent(); event = events.next()) {
      Events.Event present = event.get();
      present.id().filter(id -> id.length() < 1_000).ifPresent(id -> last = Optional.of(id));
      pause = present.retry().map(millis -> Math.min(millis, LONGEST_PAUSE)).orElse(FIRST_PAUSE);
      if (present.type().equals("message") && !present.data().isBlank()) {
        JsonNode message = Json.parse(present.data());
        if (message instanceof ObjectNode object) {
          hears.message(object, OptionalLong.empty());
        }
      }
    }
  }
}
