package dev.mneme.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.net.NetPolicy;
import dev.mneme.net.OutboundClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointEmbedderTest {
  private HttpServer server;
  private URI base;
  private volatile int status = 200;
  private volatile String key = "";
  private volatile JsonNode request = Json.parse("{}");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/embeddings", this::answer);
    server.start();
    base = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    key = exchange.getRequestHeaders().getFirst("Authorization");
    request =
        Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < request.path("input").size(); i++) {
      data.add(Map.of("object", "embedding", "index", i, "embedding", List.of(3, 0, i, 4)));
    }
    byte[] body =
        Json.write(status == 200 ? Map.of("data", data) : Map.of("error", "sk-secret leaked"))
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static EndpointSettings settings(URI base, int dimensions) {
    return new EndpointSettings(
        base, Optional.of("sk-secret"), "small", dimensions, Duration.ofSeconds(10));
  }

  @Test
  void textsAreSentInBatchesAndVectorsComeBackNormalised() {
    try (OutboundClient client = new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(base));
        EndpointEmbedder embedder = new EndpointEmbedder(settings(base, 4), client)) {
      List<float[]> vectors = embedder.embed(List.of("a", "b"));
      assertThat(vectors.getFirst()).containsExactly(0.6f, 0f, 0f, 0.8f);
      assertThat(vectors).hasSize(2);
      assertThat(key).isEqualTo("Bearer sk-secret");
      assertThat(request.path("model").asText()).isEqualTo("small");
      assertThat(request.path("dimensions").asInt()).isEqualTo(4);
      assertThat(embedder.modelId()).isEqualTo("small/4@localhost");
    }
  }

  @Test
  void failuresSayWhatToDoAndNothingSecret() {
    try (OutboundClient client = new OutboundClient(NetPolicy.PUBLIC_ONLY.naming(base));
        EndpointEmbedder embedder = new EndpointEmbedder(settings(base, 4), client);
        EndpointEmbedder wrong = new EndpointEmbedder(settings(base, 8), client)) {
      fails(wrong, "8");
      status = 401;
      fails(embedder, "key is not accepted");
      status = 429;
      fails(embedder, "too many requests");
      status = 503;
      fails(embedder, "try again later");
      server.stop(0);
      fails(embedder, "failed");
    }
    try (OutboundClient strict = new OutboundClient(NetPolicy.PUBLIC_ONLY);
        EndpointEmbedder embedder = new EndpointEmbedder(settings(base, 4), strict)) {
      assertThatThrownBy(() -> embedder.embed(List.of("a"))).isInstanceOf(MnemeException.class);
    }
  }

  private static void fails(EndpointEmbedder embedder, String message) {
    assertThatThrownBy(() -> embedder.embed(List.of("a")))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("sk-secret");
  }
}
