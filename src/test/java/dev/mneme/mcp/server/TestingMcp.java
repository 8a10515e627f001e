package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.KeptWork;
import dev.mneme.mcp.server.catalog.ServerCard;
import dev.mneme.mcp.server.legacy.LegacyEra;
import dev.mneme.mcp.server.modern.ModernEra;
import dev.mneme.secret.SecretText;
import dev.mneme.web.Callers;
import dev.mneme.web.HttpServer;
import dev.mneme.web.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** An MCP face on a free port, and a client that can be as rude as a test wants. */
public final class TestingMcp implements AutoCloseable {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
      """;

  static final String ASKING = INITIALIZE.replace("{},", "{\"elicitation\":{}},");

  /** Whoever shows this key is not the default owner. */
  static final String OTHER_KEY = "the-key-of-another";

  static final Owner OTHER = new Owner("user-11111111-1111-4111-8111-111111111111");

  private final HttpClient client = HttpClient.newHttpClient();
  private final LegacyEra era;
  private final ModernEra modern;
  private final Catalog catalog;
  private final HttpServer server;
  final Front front;

  public TestingMcp(Catalog catalog, FrontLimits limits) {
    this(catalog, limits, KeptWork.NONE);
  }

  TestingMcp(Catalog catalog, FrontLimits limits, KeptWork kept) {
    this.catalog = catalog;
    ServerCard card = ServerCard.load();
    this.front = new Front(card, limits, new SecureRandom(), System::nanoTime);
    this.era = new LegacyEra(card, front, catalog);
    this.modern =
        new ModernEra(
            card, front, catalog, kept, new SecureRandom(), System::nanoTime, Clock.systemUTC());
    this.server =
        HttpServer.start(
            HttpSettings.loopback(0),
            new Callers(Map.of(new SecretText(OTHER_KEY), OTHER), true),
            List.of(new McpRoutes(front, era, modern, catalog)));
  }

  public int port() {
    return server.port();
  }

  Catalog catalog() {
    return catalog;
  }

  public Sessions sessions() {
    return front.sessions();
  }

  Era era() {
    return era;
  }

  StatelessEra modern() {
    return modern;
  }

  /** A session that has been initialized. */
  public String session() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(Optional.empty(), INITIALIZE);
    String id = answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
    post(Optional.of(id), "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    return id;
  }

  /** As {@link #session()}, of a client that can ask its user. */
  String askingSession() throws IOException, InterruptedException {
    HttpResponse<String> answer = post(Optional.empty(), ASKING);
    return answer.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  /** Sends a call and reads its messages while they come. */
  CompletableFuture<Void> stream(String session, String body, Consumer<JsonNode> message) {
    HttpRequest request =
        request()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Mcp-Session-Id", session)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
        .thenAcceptAsync(answer ->
            answer
                .body()
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> message.accept(Json.parse(line.substring(6)))));
  }

  public HttpResponse<String> post(Optional<String> session, String body)
      throws IOException, InterruptedException {
    return send(session, HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(Optional<String> session, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(body);
    session.ifPresent(id -> request.header("Mcp-Session-Id", id));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/mcp"))
        .timeout(Duration.ofSeconds(30));
  }

  /** The last message of an answer, whether it came as JSON or as an event stream. */
  public static JsonNode message(HttpResponse<String> answer) {
    String body = answer.body();
    int data = body.lastIndexOf("\ndata: ");
    if (data >= 0) {
      body = body.substring(data + 7);
    } else if (body.startsWith("data: ")) {
      body = body.substring(6);
    }
    return Json.parse(body.strip());
  }

  public JsonNode call(String session, String json) throws IOException, InterruptedException {
    return message(post(Optional.of(session), json));
  }

  @Override
  public void close() {
    modern.close();
    era.close();
    server.close();
    client.shutdownNow();
  }
}
