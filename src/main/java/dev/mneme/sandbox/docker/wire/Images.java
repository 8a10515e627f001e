package dev.mneme.sandbox.docker.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked about images. Thread-safe. */
public final class Images {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final EngineHttp http;

  public Images(EngineHttp http) {
    this.http = http;
  }

  /**
   * An image as a listing shows it.
   *
   * @param names such as {@code mneme-python:1a2b}
   */
  public record Listed(List<String> names, long bytes, Map<String, String> labels) {
    public Listed {
      names = List.copyOf(names);
      labels = Map.copyOf(labels);
    }
  }

  /** All images with this label. */
  public List<Listed> labelled(String label) throws EngineException {
    ObjectNode filters = Json.mapper().createObjectNode();
    filters.putArray("label").add(label);
    String query = URLEncoder.encode(Json.write(filters), StandardCharsets.UTF_8);
    List<Listed> all = new ArrayList<>();
    for (JsonNode image :
        http.call("GET", "/images/json?filters=" + query, Optional.empty(), LIMIT)) {
      Map<String, String> labels = new HashMap<>();
      image
          .path("Labels")
          .properties()
          .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
      List<String> names = image.path("RepoTags").valueStream().map(JsonNode::asText).toList();
      all.add(new Listed(names, image.path("Size").asLong(), labels));
    }
    return all;
  }

  /** Removes an image that no container uses; one that is gone is no error. */
  public void remove(String name) throws EngineException {
    try {
      http.call("DELETE", "/images/" + name, Optional.empty(), SLOW);
    } catch (EngineException e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  /** Whether the engine has an image of this name and tag. */
  public boolean has(String name) throws EngineException {
    try {
      http.call("GET", "/images/" + name + "/json", Optional.empty(), LIMIT);
      return true;
    } catch (EngineException e) {
      if (e.status() == 404) {
        return false;
      }
      throw e;
    }
  }
}
