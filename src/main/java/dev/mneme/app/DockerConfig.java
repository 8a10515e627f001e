package dev.mneme.app;

import dev.mneme.sandbox.docker.SandboxImage;
import java.time.Duration;
import java.util.Optional;

/**
 * Containers for untrusted code: where the engine is, and what a container may use.
 *
 * @param host the engine, such as {@code unix:///var/run/docker.sock}; absent: {@code DOCKER_HOST},
 *     else the usual sockets
 * @param image which of the images tools run in
 * @param runtime OCI runtime, such as {@code runsc}; absent: the engine's default
 * @param memory bytes, {@code /tmp} included
 * @param cpus processors
 * @param pids processes and threads
 * @param tmp bytes of {@code /tmp}
 * @param max containers at most, spares included
 * @param spares containers kept ready for those who have none yet
 * @param idle when a container that nobody calls is removed
 * @param calls after how many calls a container is replaced
 * @param age after what time it is replaced
 */
public record DockerConfig(
    Optional<String> host,
    SandboxImage image,
    Optional<String> runtime,
    long memory,
    double cpus,
    int pids,
    long tmp,
    int max,
    int spares,
    Duration idle,
    int calls,
    Duration age) {

  static DockerConfig read(ConfigReader in) {
    long memory = in.bytes("sandbox.docker.memory", 256L << 20, 64 << 20, 64L << 30);
    long tmp = in.bytes("sandbox.docker.tmp", 64L << 20, 1 << 20, 64L << 30);
    in.check(
        tmp <= memory, "sandbox.docker.tmp is part of sandbox.docker.memory: make it smaller.");
    return new DockerConfig(
        in.text("sandbox.docker.host"),
        in.choice("sandbox.docker.image", SandboxImage.PYTHON),
        in.text("sandbox.docker.runtime"),
        memory,
        in.decimal("sandbox.docker.cpus", 1, 0.1, 64),
        in.integer("sandbox.docker.pids", 64, 16, 4_096),
        Math.min(tmp, memory),
        in.integer("sandbox.docker.max", 32, 1, 1_000),
        in.integer("sandbox.docker.spares", 2, 0, 32),
        in.duration(
            "sandbox.docker.idle",
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofHours(24)),
        in.integer("sandbox.docker.calls", 500, 1, 1_000_000),
        in.duration(
            "sandbox.docker.age",
            Duration.ofMinutes(30),
            Duration.ofSeconds(10),
            Duration.ofHours(24)));
  }
}
