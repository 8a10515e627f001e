package dev.mneme.web;

import io.javalin.config.JavalinConfig;
import java.util.Set;

/** What one face serves: Javalin routes, servlets, or both. */
@FunctionalInterface
public interface Routes {
  void addTo(JavalinConfig config);

  /** Exact paths that take file uploads; everywhere else a body is JSON. */
  default Set<String> multipartPaths() {
    return Set.of();
  }
}
