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

/** What is done with containers. Thread-safe; every method waits for the engine. */
public final class Containers {
  private static final Duration QUICK = Duration.ofSeconds(10);

  /** Creating and starting write to disks and take the engine's locks. */
  private static final Duration SLOW = Duration.ofSeconds(60);

  private final EngineHttp http;

  public Containers(EngineHttp http) {
    this.http = http;
  }

  /**
   * A container as a listing shows it.
   *
   * @param state such as {@code running}
   */
  public record Listed(String id, String state, Map<String, String> labels) {
    public Listed {
      labels = Map.copyOf(labels);
    }
  }

  public Endpoint address() {
    return http.address();
  }

  /** The engine's own account of itself. */
  public JsonNode version() throws EngineException {
    return http.call("GET", "/version", Optional.empty(), QUICK);
  }

  public String create(ObjectNode spec) throws EngineException {
    return http.call("POST", "/containers/create", Optional.of(spec), SLOW).path("Id").asText();
  }

  public Attachment attach(String id) throws EngineException {
    return http.attach(id, QUICK);
  }

  public void start(String id) throws EngineException {
    http.call("POST", "/containers/" + id + "/start", Optional.empty(), SLOW);
  }

  public JsonNode inspect(String id) throws EngineException {
    return http.call("GET", "/containers/" + id + "/json", Optional.empty(), QUICK);
  }

  public JsonNode stats(String id) throws EngineException {
    return http.call(
        "GET", "/containers/" + id + "/stats?stream=false&one-shot=true", Optional.empty(), QUICK);
  }

  /** Kills and removes a container; one that is gone is no error. */
  public void remove(String id) throws EngineException {
    try {
      http.call("DELETE", "/containers/" + id + "?force=1&v=1", Optional.empty(), SLOW);
    } catch (EngineException e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  /** All containers with this label, whether they run or not. */
  public List<Listed> labelled(String label) throws EngineException {
    ObjectNode filters = Json.mapper().createObjectNode();
    filters.putArray("label").add(label);
    String query = URLEncoder.encode(Json.write(filters), StandardCharsets.UTF_8);
    JsonNode found =
        http.call("GET", "/containers/json?all=1&filters=" + query, Optional.empty(), QUICK);
    List<Listed> all = new ArrayList<>();
    for (JsonNode container : found) {
      Map<String, String> labels = new HashMap<>();
      container
          .path("Labels")
          .properties()
          .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
      all.add(new Listed(container.path("Id").asText(), container.path("State").asText(), labels));
    }
    return all;
  }
}
