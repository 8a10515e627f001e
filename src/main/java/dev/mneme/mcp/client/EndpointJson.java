package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Sha256;
import dev.mneme.mcp.client.config.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How an endpoint is kept. */
final class EndpointJson {
  private EndpointJson() {}

  static String write(Endpoint endpoint) {
    ObjectNode json = Json.mapper().createObjectNode();
    switch (endpoint) {
      case Endpoint.Stdio stdio -> {
        json.put("command", stdio.command());
        json.set("arguments", Json.mapper().valueToTree(stdio.arguments()));
        json.set("environment", Json.mapper().valueToTree(new TreeMap<>(stdio.environment())));
        stdio.folder().ifPresent(folder -> json.put("folder", folder));
      }
      case Endpoint.Remote remote -> {
        json.put("url", remote.url().toString()).put("kind", remote.kind().name());
        json.set("headers", Json.mapper().valueToTree(new TreeMap<>(remote.headers())));
      }
    }
    return Json.write(json);
  }

  static Endpoint read(String text) {
    JsonNode json = Json.parse(text);
    if (json.has("command")) {
      List<String> arguments = new ArrayList<>();
      json.path("arguments").forEach(argument -> arguments.add(argument.asText()));
      Optional<String> folder =
          json.has("folder") ? Optional.of(json.path("folder").asText()) : Optional.empty();
      return new Endpoint.Stdio(
          json.path("command").asText(), arguments, texts(json.path("environment")), folder);
    }
    return new Endpoint.Remote(
        URI.create(json.path("url").asText()),
        Endpoint.Remote.Kind.valueOf(json.path("kind").asText()),
        texts(json.path("headers")));
  }

  /** What an approval is bound to: another command, argument or variable is another server. */
  static String sha256(Endpoint endpoint) {
    return Sha256.hex(write(endpoint));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }
}
