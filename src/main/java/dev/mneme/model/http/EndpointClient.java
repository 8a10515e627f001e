package dev.mneme.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.model.ModelException;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks one provider. Thread-safe; every failure is a {@link ModelException}. An interrupted virtual
 * thread leaves at once: its socket is closed under it.
 */
public final class EndpointClient {
  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(60);
  private static final long MAX_LIST = 16L << 20;
  private static final long MAX_ANSWER = 64L << 20;
  private static final int MAX_REST = 64 << 10;
  private static final String DONE = "[DONE]";

  private final Endpoint endpoint;
  private final Supplier<OutboundClient> client;
  private final ProviderErrors errors;

  /**
   * @param client asked for when it is needed first; all its calls get the same one
   */
  public EndpointClient(Endpoint endpoint, Supplier<OutboundClient> client) {
    this.endpoint = endpoint;
    this.client = client;
    this.errors = new ProviderErrors(endpoint);
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public JsonNode get(String path) {
    OutboundRequest request = OutboundRequest.get(endpoint.at(path)).within(LIST_TIMEOUT, MAX_LIST);
    try (OutboundResponse response = client.get().send(prepared(request))) {
      String text = response.text();
      if (!response.successful()) {
        throw errors.refused(response, text);
      }
      return parsed(text);
    } catch (MnemeException e) {
      throw errors.failed(e);
    }
  }

  /** Sends a request and hands on every event of its answer as soon as it is there. */
  public void stream(String path, JsonNode body, EventHandler handler) {
    OutboundRequest request =
        OutboundRequest.post(endpoint.at(path), OutboundBody.json(Json.write(body)))
            .within(LONGEST_ANSWER, MAX_ANSWER)
            .silentFor(endpoint.silence());
    boolean complete = false;
    OutboundResponse response = sent(prepared(request));
    try {
      if (!response.successful()) {
        throw errors.refused(response, bodyOf(response));
      }
      complete = handed(response, handler);
    } finally {
      if (complete) {
        keepConnection(response);
      } else {
        response.close();
      }
    }
  }

  private boolean handed(OutboundResponse response, EventHandler handler) {
    EventStream events = new EventStream(response.body());
    while (true) {
      Optional<EventStream.Event> event;
      try {
        event = events.next();
      } catch (IOException e) {
        throw errors.broken(response.failure(e));
      }
      if (event.isEmpty()) {
        // Whether that was the end is the handler's to know.
        return true;
      }
      String data = event.get().data();
      if (data.strip().equals(DONE)) {
        return true;
      }
      JsonNode parsed = parsed(data);
      if (parsed.hasNonNull("error") || event.get().name().equals("error")) {
        throw errors.told(parsed);
      }
      if (handler.onEvent(parsed)) {
        return true;
      }
    }
  }

  private OutboundResponse sent(OutboundRequest request) {
    try {
      return client.get().send(request);
    } catch (MnemeException e) {
      throw errors.failed(e);
    }
  }

  private String bodyOf(OutboundResponse response) {
    try {
      return response.text();
    } catch (MnemeException e) {
      throw errors.failed(e);
    }
  }

  private OutboundRequest prepared(OutboundRequest request) {
    OutboundRequest prepared = request.withHeaders(endpoint.headers());
    return endpoint.key().map(prepared::with).orElse(prepared);
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          ModelException.Type.INVALID_RESPONSE, "The provider's answer is not valid JSON.", e);
    }
  }

  /**
   * A connection can be used again once the answer was read to its end, which some servers are slow
   * to send; nobody waits for it.
   */
  private static void keepConnection(OutboundResponse response) {
    Thread.ofVirtual()
        .name("model-rest")
        .start(() -> {
          try (response) {
            InputStream rest = response.body();
            byte[] scratch = new byte[1024];
            int read = 0;
            int count = rest.read(scratch);
            while (count >= 0 && read < MAX_REST) {
              read += count;
              count = rest.read(scratch);
            }
          } catch (IOException _) {
            // Then the connection is not kept.
          }
        });
  }
}
