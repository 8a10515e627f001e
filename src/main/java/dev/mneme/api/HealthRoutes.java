package dev.mneme.api;

import dev.mneme.common.Json;
import dev.mneme.web.Routes;
import io.javalin.config.JavalinConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /v1/health/}: whether the server answers, and which version it is. */
public final class HealthRoutes implements Routes {
  private final String body;

  public HealthRoutes(String version) {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("version", version);
    health.put("status", "ok");
    this.body = Json.write(health);
  }

  @Override
  public void addTo(JavalinConfig config) {
    config.routes.get(
        "/v1/health/", context -> context.contentType("application/json").result(body));
  }
}
