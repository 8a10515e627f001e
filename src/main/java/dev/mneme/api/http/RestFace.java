package dev.mneme.api.http;

import dev.mneme.web.Routes;
import io.javalin.config.JavalinConfig;
import java.util.List;

/** All groups of REST routes as one face of the listener. */
public final class RestFace implements Routes {
  private final List<Group> groups;

  public RestFace(List<Group> groups) {
    this.groups = List.copyOf(groups);
  }

  @Override
  public void addTo(JavalinConfig config) {
    Endpoints endpoints = new Endpoints(config.routes);
    groups.forEach(group -> group.addTo(endpoints));
  }
}
