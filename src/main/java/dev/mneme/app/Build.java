package dev.mneme.app;

import java.nio.file.Path;

/**
 * Where the program's own files are.
 *
 * @param home the checkout or installation, with {@code tool-library/}
 * @param dist the complete build in use, with the worker's jar, libraries and caches
 */
public record Build(Path home, Path dist) {
  /**
   * As the launcher says; without it, a checkout is the working folder and Maven's target is used.
   */
  public static Build current() {
    Path home = Path.of(System.getProperty("mneme.home", "")).toAbsolutePath();
    String dist = System.getProperty("mneme.dist");
    return new Build(home, dist == null ? home.resolve("target") : Path.of(dist));
  }

  Path toolLibrary() {
    return home.resolve("tool-library");
  }

  /** Those that only the conformance suite calls. */
  Path conformanceTools() {
    return toolLibrary().resolve("conformance");
  }

  public Path sandboxImages() {
    return home.resolve("sandbox-images");
  }

  /** What tools may have, where the operator wrote it down. */
  Path policy() {
    return home.resolve("mcp-config").resolve("policy.toml");
  }

  /** The other MCP servers, where the operator wrote them down. */
  Path servers() {
    return home.resolve("mcp-config").resolve("servers.json");
  }

  Path workerJar() {
    return dist.resolve("mneme-worker.jar");
  }

  Path workerLibraries() {
    return dist.resolve("worker-lib");
  }

  Path workerCache() {
    return dist.resolve("worker.aot");
  }

  Path pythonHome() {
    return dist.resolve("python-home");
  }
}
