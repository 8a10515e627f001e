package dev.mneme.web.oauth;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;
import dev.mneme.secret.SecretText;
import dev.mneme.web.Callers;
import dev.mneme.web.HttpServer;
import dev.mneme.web.HttpSettings;
import dev.mneme.web.Routes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server that says to whoever comes in who they are. */
final class TestingResource implements AutoCloseable {
  static final String KEY = "alice-0123456789";
  static final Owner ALICE = new Owner("user-11111111-1111-4111-8111-111111111111");

  private final HttpClient http = HttpClient.newHttpClient();
  private final ResourceServer tokens;
  private final HttpServer server;

  TestingResource(IssuerSettings... issuers) {
    this(InstantSource.system(), issuers);
  }

  TestingResource(InstantSource clock, IssuerSettings... issuers) {
    tokens =
        new ResourceServer(
            List.of(issuers),
            Optional.empty(),
            (from, subject) -> owner(from, subject),
            List.of("memory:read", "memory:write"),
            clock);
    Routes who =
        config -> {
          for (String path : List.of("/mcp", "/mcp/agents/a", "/mcp/agents/b", "/v1/who")) {
            config.routes.get(
                path, context -> context.result("you are " + Callers.owner(context.req()).id()));
          }
        };
    server =
        HttpServer.start(
            HttpSettings.loopback(0),
            new Callers(Map.of(new SecretText(KEY), ALICE), Optional.of(tokens), false),
            List.of(who, tokens));
  }

  static Owner owner(String issuer, String subject) {
    return new Owner(Ids.named("user", issuer + " " + subject));
  }

  String url() {
    return server.url().toString();
  }

  String mcp() {
    return url() + "/mcp";
  }

  HttpResponse<String> get(String path, String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    tokens.close();
    http.close();
  }
}
