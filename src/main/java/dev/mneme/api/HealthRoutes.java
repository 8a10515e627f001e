package dev.mneme.api;

import dev.mneme.api.http.Endpoints;
import dev.mneme.api.http.Group;
import dev.mneme.api.http.Reply;

/** {@code GET /v1/health/}: whether the server answers, and which version it is. */
public final class HealthRoutes implements Group {
  private final Reply reply;

  public HealthRoutes(String version) {
    this.reply = Reply.of(new Health(version, "ok"));
  }

  private record Health(String version, String status) {}

  @Override
  public void addTo(Endpoints endpoints) {
    endpoints.get("/health", _ -> reply);
  }
}
