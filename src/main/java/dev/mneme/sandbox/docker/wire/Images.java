package dev.mneme.sandbox.docker.wire;

import java.time.Duration;
import java.util.Optional;

/** What is asked about images. Thread-safe. */
public final class Images {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final EngineHttp http;

  public Images(EngineHttp http) {
    this.http = http;
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
