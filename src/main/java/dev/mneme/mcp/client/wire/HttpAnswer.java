package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what comes for one request: JSON, or a stream of events that may end early and be taken up
 * again where it ended. Not thread-safe.
 */
final class HttpAnswer {
  /** How often a stream is taken up again. */
  static final int RESUMES = 20;

  private static final long USUAL_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 30_000;

  private final long id;
  private final Inbox hears;
  private final int longest;
  private boolean answered;
  private boolean stream;
  private Optional<String> last = Optional.empty();
  private long pause = USUAL_PAUSE;

  HttpAnswer(long id, Inbox hears, int longest) {
    this.id = id;
    this.hears = hears;
    this.longest = longest;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Whether the rest can be fetched. */
  boolean isResumable() {
    return stream && !answered && last.isPresent();
  }

  /** After what the server goes on. */
  String last() {
    return last.orElse("");
  }

  Duration pause() {
    return Duration.ofMillis(pause);
  }

  void read(OutboundResponse answer) throws IOException {
    String type = answer.header("content-type").orElse("");
    if (type.startsWith("text/event-stream")) {
      stream = true;
      events(new Events(answer.body(), longest));
      if (answered) {
        answer.discardRest();
      }
    } else if (type.startsWith("application/json")) {
      deliver(Json.parse(answer.text()));
    }
  }

  private void events(Events events) throws IOException {
    for (Optional<Events.Event> event = events.next(); event.isPresent(); event = events.next()) {
      Events.Event present = event.get();
      present
          .id()
          .filter(text -> text.length() < 1_000)
          .ifPresent(text -> last = Optional.of(text));
      present.retry().ifPresent(millis -> pause = Math.min(millis, LONGEST_PAUSE));
      if (present.type().equals("message") && !present.data().isBlank()) {
        deliver(Json.parse(present.data()));
      }
      if (answered) {
        return;
      }
    }
  }

  private void deliver(JsonNode message) {
    if (message instanceof ObjectNode object) {
      JsonNode of = object.path("id");
      answered |= !object.has("method") && of.isIntegralNumber() && of.longValue() == id;
      hears.message(object, OptionalLong.of(id));
    } else if (message.isArray()) {
      message.forEach(this::deliver);
    }
  }
}
