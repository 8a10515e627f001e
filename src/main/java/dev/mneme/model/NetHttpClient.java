package dev.mneme.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.mneme.net.Credential;
import dev.mneme.net.OutboundBody;
import dev.mneme.net.OutboundClient;
import dev.mneme.net.OutboundRequest;
import dev.mneme.net.OutboundResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** LangChain4j's HTTP client on top of ours. Thread-safe. */
final class NetHttpClient implements HttpClient {
  private static final long MAX_BYTES = 64L << 20;

  private final OutboundClient client;
  private final Optional<Credential> key;
  private final Duration timeout;

  NetHttpClient(OutboundClient client, Optional<Credential> key, Duration timeout) {
    this.client = client;
    this.key = key;
    this.timeout = timeout;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try (OutboundResponse response = client.send(translate(request))) {
      return success(response, response.text());
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    Thread.ofVirtual()
        .name("model-stream")
        .start(() -> {
          try (OutboundResponse response = client.send(translate(request))) {
            String failure = response.successful() ? "" : response.text();
            listener.onOpen(success(response, failure));
            parser.parse(response.body(), listener);
            listener.onClose();
          } catch (RuntimeException e) {
            listener.onError(e);
          }
        });
  }

  private OutboundRequest translate(HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request
        .headers()
        .forEach((name, values) -> {
          if (!name.toLowerCase(Locale.ROOT).equals("authorization")) {
            headers.put(name, String.join(", ", values));
          }
        });
    Optional<OutboundBody> body =
        Optional.ofNullable(request.body())
            .map(b -> OutboundBody.of("application/json", b.getBytes(StandardCharsets.UTF_8)));
    return new OutboundRequest(
        request.method().name(),
        URI.create(request.url()),
        headers,
        key.map(List::of).orElse(List.of()),
        body,
        timeout,
        timeout,
        MAX_BYTES);
  }

  private static SuccessfulHttpResponse success(OutboundResponse response, String text) {
    if (!response.successful()) {
      throw new HttpException(response.status(), text);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.status())
        .headers(response.headers())
        .body(text)
        .build();
  }
}
