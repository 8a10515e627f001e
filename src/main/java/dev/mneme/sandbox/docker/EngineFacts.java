package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an engine says of itself.
 *
 * @param name such as "Docker 28.2" or "Podman Engine 5.0"
 * @param cgroups 1 or 2; by them the limits of containers hold
 * @param runtime the OCI runtime containers get unless another one is configured
 * @param runtimes all it knows
 * @param userNamespaces whether root in a container is nobody outside
 */
public record EngineFacts(
    String name, String cgroups, String runtime, List<String> runtimes, boolean userNamespaces) {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  public EngineFacts {
    runtimes = List.copyOf(runtimes);
  }

  /** Asks the engine; fails when it does not answer within seconds. */
  public static EngineFacts of(EngineHttp engine) throws EngineException {
    JsonNode version = engine.call("GET", "/version", Optional.empty(), LIMIT);
    JsonNode info = engine.call("GET", "/info", Optional.empty(), LIMIT);
    String kind = PodmanSpec.isPodman(version) ? "Podman" : "Docker";
    List<String> runtimes = new ArrayList<>();
    info.path("Runtimes").fieldNames().forEachRemaining(runtimes::add);
    boolean remapped = false;
    for (JsonNode option : info.path("SecurityOptions")) {
      String text = option.asText();
      remapped |= text.contains("name=userns") || text.contains("name=rootless");
    }
    return new EngineFacts(
        kind + " " + version.path("Version").asText("?"),
        info.path("CgroupVersion").asText("?"),
        info.path("DefaultRuntime").asText("?"),
        runtimes,
        remapped);
  }
}
