package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.sandbox.docker.wire.Containers;
import dev.mneme.sandbox.docker.wire.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The request of {@link ContainerSpec} as Podman takes it, which speaks Docker's interface but for
 * three things: it wants the name of a file that holds the system call profile where Docker wants
 * its text, knows no bound for the files of a tmpfs, and raises the number of processes of a user
 * beyond what the system may allow when it is not told one.
 */
final class PodmanSpec {
  private static final String PROFILE = "seccomp=";

  /**
   * Counted over all containers together, since they have one user; each has a bound of its own.
   */
  private static final int PROCESSES_OF_ALL = 16_384;

  private PodmanSpec() {}

  static boolean isPodman(JsonNode version) {
    return version.path("Components").path(0).path("Name").asText("").startsWith("Podman");
  }

  /** The id of a container made after this request. */
  static String create(Containers containers, ObjectNode docker) throws EngineException {
    ObjectNode spec = docker.deepCopy();
    ObjectNode host = (ObjectNode) spec.get("HostConfig");
    ObjectNode tmpfs = (ObjectNode) host.get("Tmpfs");
    for (Map.Entry<String, JsonNode> folder : docker.at("/HostConfig/Tmpfs").properties()) {
      tmpfs.put(folder.getKey(), folder.getValue().asText().replaceAll(",nr_inodes=\\d+", ""));
    }
    ((ArrayNode) host.get("Ulimits"))
        .addObject()
        .put("Name", "nproc")
        .put("Soft", PROCESSES_OF_ALL)
        .put("Hard", PROCESSES_OF_ALL);
    try {
      // It is read while the container is created, and not looked at again.
      Path file = Files.createTempFile("mneme-seccomp-", ".json");
      try {
        ArrayNode options = Json.mapper().createArrayNode();
        for (JsonNode option : host.get("SecurityOpt")) {
          options.add(option(option.asText(), file));
        }
        host.set("SecurityOpt", options);
        return containers.create(spec);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (EngineException e) {
      throw e;
    } catch (IOException e) {
      throw new EngineException(0, "the profile for Podman cannot be written: " + e.getMessage());
    }
  }

  private static String option(String option, Path file) throws IOException {
    if (!option.startsWith(PROFILE)) {
      return option;
    }
    Files.writeString(file, option.substring(PROFILE.length()));
    return PROFILE + file;
  }
}
