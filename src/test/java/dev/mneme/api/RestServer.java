package dev.mneme.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.app.Config;
import dev.mneme.app.Mneme;
import dev.mneme.app.Role;
import dev.mneme.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole server on a store of its own, for one test class, asked over HTTP. */
final class RestServer implements BeforeAllCallback, AfterAllCallback {
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> scripts = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Mneme mneme;
  private String url;

  /** One answer; {@code body} is missing where there was none. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {
    String id() {
      return body.path("id").asText();
    }

    boolean mayRetry() {
      return !response.headers().firstValue("x-should-retry").orElse("true").equals("false");
    }
  }

  RestServer with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A model {@code scripted/NAME} that always answers this. */
  RestServer script(String name, String answer) {
    scripts.put(name, "replies:\n  - text: " + answer + "\n");
    return this;
  }

  /** A model {@code scripted/NAME} with this script. */
  RestServer model(String name, String yaml) {
    scripts.put(name, yaml);
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path data = Files.createTempDirectory("mn").resolve("d");
    Config config =
        Config.load(
            Map.of("data", data.toString(), "server.port", "0", "search.embeddings", "off"),
            environment);
    mneme = Mneme.start(config, Role.SERVE, () -> {});
    url = mneme.url().orElseThrow();
    Path models = Files.createDirectories(data.resolve("models"));
    for (Map.Entry<String, String> script : scripts.entrySet()) {
      Files.writeString(models.resolve(script.getKey() + ".yaml"), script.getValue());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    mneme.close();
    http.close();
  }

  int port() {
    return URI.create(url).getPort();
  }

  /** The connection to a stream that is read while it comes. */
  Events stream(String path, Object body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(text(body)));
    headers.forEach(request::header);
    try {
      return new Events(http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Events stream(String path, Object body) {
    return stream(path, body, Map.of());
  }

  Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  Answer delete(String path) {
    return send("DELETE", path, "", Map.of());
  }

  Answer post(String path, Object body) {
    return send("POST", path, text(body), Map.of());
  }

  Answer put(String path, Object body) {
    return send("PUT", path, text(body), Map.of());
  }

  Answer patch(String path, Object body) {
    return send("PATCH", path, text(body), Map.of());
  }

  /** Sends a request; a body of "" is none. */
  Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    headers.forEach(request::header);
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      JsonNode json =
          response.body().isEmpty() ? Json.mapper().missingNode() : Json.parse(response.body());
      return new Answer(response.statusCode(), json, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object body) {
    return body instanceof String string ? string : Json.write(body);
  }
}
