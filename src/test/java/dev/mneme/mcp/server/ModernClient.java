package dev.mneme.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/** Requests of the era without sessions, each as right or as wrong as a test wants it. */
final class ModernClient implements AutoCloseable {
  static final String VERSION = "2026-07-28";
  static final String ELICITS = "{\"elicitation\":{}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final TestingMcp mcp;
  private String address = "/mcp";
  private int ids;

  ModernClient(TestingMcp mcp) {
    this.mcp = mcp;
  }

  /** Where the next requests go. */
  void at(String path) {
    address = path;
  }

  /** The id of the request that was made last. */
  int lastId() {
    return ids;
  }

  JsonNode ask(String method, String params) throws Exception {
    return ask(method, params, "{}");
  }

  /** The message that answers. */
  JsonNode ask(String method, String params, String capabilities) throws Exception {
    return ask(method, params, capabilities, Optional.empty());
  }

  JsonNode ask(String method, String params, String capabilities, Optional<String> key)
      throws Exception {
    return TestingMcp.message(send(request(method, params, capabilities, key)));
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What comes while it lasts. */
  Events stream(String method, String params, String capabilities) throws Exception {
    HttpRequest request = request(method, params, capabilities, Optional.empty());
    HttpResponse<InputStream> stream =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    return new Events(stream.body());
  }

  HttpRequest request(String method, String params, String capabilities, Optional<String> key) {
    ObjectNode all = (ObjectNode) Json.parse(params);
    String name = all.path(all.has("taskId") ? "taskId" : "name").asText();
    HttpRequest.Builder request = name.isEmpty() ? builder(method, VERSION) : named(method, name);
    key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return request.POST(body(method, params(params, VERSION, capabilities))).build();
  }

  HttpRequest.Builder named(String method, String name) {
    return builder(method, VERSION).header("Mcp-Name", name);
  }

  HttpRequest.Builder builder(String method, String version) {
    return mcp.request()
        .uri(URI.create("http://localhost:" + mcp.port() + address))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", version)
        .header("Mcp-Method", method);
  }

  HttpRequest.BodyPublisher body(String method, String params) {
    return HttpRequest.BodyPublishers.ofString(
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + ++ids
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + "}");
  }

  /** Params with what each request says of its client. */
  static String params(String params, String version, String capabilities) {
    ObjectNode all = (ObjectNode) Json.parse(params);
    ObjectNode meta = all.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", version);
    meta.set("io.modelcontextprotocol/clientCapabilities", Json.parse(capabilities));
    return Json.write(all);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
