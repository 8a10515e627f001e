package dev.mneme.sandbox.docker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.util.Map;

/**
 * The request by which every container is created. Nothing a caller sent reaches it: it is made of
 * settings, our own image, profile and labels.
 */
final class ContainerSpec {
  private static final String USER = "10001:10001";

  /** Inodes of a tmpfs are kernel memory that its size does not bound. */
  private static final int TMP_INODES = 4_096;

  /** What a call is given; it counts as memory as well. */
  private static final String IN = "rw,noexec,nosuid,nodev,mode=1777,size=8m,nr_inodes=256";

  /** Where a call leaves files for its caller; they count as memory as well. */
  private static final String OUT = "rw,noexec,nosuid,nodev,mode=1777,size=16m,nr_inodes=256";

  private static final int OPEN_FILES = 256;
  private static final int OWN_THREADS = 960;

  private ContainerSpec() {}

  /**
   * @param image tag or id of the image
   * @param seccomp text of the profile
   */
  static ObjectNode of(
      DockerSettings settings, String image, String seccomp, Map<String, String> labels) {
    ObjectNode spec = Json.mapper().createObjectNode();
    spec.put("Image", image);
    spec.put("User", USER);
    spec.put("Hostname", "sandbox");
    spec.put("NetworkDisabled", true);
    spec.put("Tty", false);
    // PID 1 reads its end from stdin when the one client that attached is gone.
    spec.put("OpenStdin", true);
    spec.put("StdinOnce", true);
    spec.put("AttachStdin", true);
    spec.put("AttachStdout", true);
    spec.put("AttachStderr", true);
    ObjectNode marks = spec.putObject("Labels");
    labels.forEach(marks::put);
    spec.set("HostConfig", host(settings, seccomp));
    return spec;
  }

  private static ObjectNode host(DockerSettings settings, String seccomp) {
    ObjectNode host = Json.mapper().createObjectNode();
    host.put("AutoRemove", true);
    host.put("NetworkMode", "none");
    host.put("IpcMode", "none");
    host.put("Privileged", false);
    host.put("ReadonlyRootfs", true);
    ObjectNode tmpfs = host.putObject("Tmpfs");
    tmpfs.put(
        "/tmp",
        "rw,noexec,nosuid,nodev,mode=1777,size=" + settings.tmp() + ",nr_inodes=" + TMP_INODES);
    tmpfs.put("/in", IN);
    tmpfs.put("/out", OUT);
    host.putArray("CapDrop").add("ALL");
    host.putArray("SecurityOpt").add("no-new-privileges").add("seccomp=" + seccomp);
    host.put("PidsLimit", settings.pids() + ownThreads(settings));
    host.put("Memory", settings.memory());
    host.put("MemorySwap", settings.memory());
    host.put("NanoCpus", Math.round(settings.cpus() * 1e9));
    host.putArray("Ulimits").add(limit("nofile", OPEN_FILES)).add(limit("core", 0));
    host.putObject("LogConfig").put("Type", "none").putObject("Config");
    settings.runtime().ifPresent(runtime -> host.put("Runtime", runtime));
    return host;
  }

  /** gVisor is a kernel of its own, whose threads count as processes of the container. */
  private static long ownThreads(DockerSettings settings) {
    return settings.runtime().filter(name -> name.contains("runsc")).isPresent() ? OWN_THREADS : 0;
  }

  private static ObjectNode limit(String name, int value) {
    return Json.mapper().createObjectNode().put("Name", name).put("Soft", value).put("Hard", value);
  }
}
