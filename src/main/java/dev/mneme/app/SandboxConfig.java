package dev.mneme.app;

import dev.mneme.sandbox.docker.PackageSettings;
import dev.mneme.sandbox.keep.ShelfSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where tools run and what a call may use unless the tool asks for less.
 *
 * @param workers calls that may run at the same time
 * @param fresh untrusted workers kept ready, each with an interpreter nobody used before
 * @param heap bytes of memory of one worker
 * @param queue calls that may wait for a worker
 * @param wall time from the moment a worker has a call to its result
 * @param cpu processor time of a call
 * @param output characters of stdout and stderr kept of a call
 * @param result bytes of a call's result as JSON
 * @param untrusted where code that the operator did not write runs
 * @param packages what code that asks for packages can have
 * @param files how much is kept of the files that code makes
 * @param sessions interpreters that keep their state between scripts, at most
 * @param sessionIdle when one that nobody uses is ended
 * @param docker containers for it
 */
public record SandboxConfig(
    int workers,
    int fresh,
    long heap,
    int queue,
    Duration wall,
    Duration cpu,
    int output,
    int result,
    Untrusted untrusted,
    PackageSettings packages,
    ShelfSettings files,
    int sessions,
    Duration sessionIdle,
    DockerConfig docker) {

  /** {@code AUTO} takes Docker where there is an engine, else GraalPy while bound to loopback. */
  public enum Untrusted {
    AUTO,
    DOCKER,
    GRAALPY
  }

  static SandboxConfig read(ConfigReader in) {
    Duration shortest = Duration.ofMillis(100);
    Duration longest = Duration.ofHours(1);
    return new SandboxConfig(
        in.integer("sandbox.workers", 2, 1, 64),
        in.integer("sandbox.fresh", 2, 0, 4),
        in.bytes("sandbox.heap", 256L << 20, 64 << 20, 16L << 30),
        in.integer("sandbox.queue", 64, 0, 10_000),
        in.duration("sandbox.wall", Duration.ofSeconds(30), shortest, longest),
        in.duration("sandbox.cpu", Duration.ofSeconds(30), shortest, longest),
        in.integer("sandbox.output", 100_000, 1_000, 10_000_000),
        (int) in.bytes("sandbox.result", 1_000_000, 1_000, 100_000_000),
        in.choice("sandbox.untrusted", Untrusted.AUTO),
        new PackageSettings(
            in.choice("sandbox.packages.allow", PackageSettings.Allow.OFF),
            in.text("sandbox.packages.wheels").map(Path::of),
            in.integer("sandbox.packages.sets", PackageSettings.SETS, 1, 10_000),
            in.bytes("sandbox.packages.bytes", PackageSettings.BYTES, 1 << 20, 1L << 50)),
        new ShelfSettings(
            in.duration(
                "sandbox.files.age",
                ShelfSettings.DEFAULT.age(),
                Duration.ofMinutes(1),
                Duration.ofDays(365)),
            in.integer("sandbox.files.count", ShelfSettings.DEFAULT.count(), 1, 100_000),
            in.bytes("sandbox.files.bytes", ShelfSettings.DEFAULT.bytes(), 1 << 20, 1L << 40)),
        in.integer("sandbox.sessions", 4, 0, 100),
        in.duration(
            "sandbox.session-idle",
            Duration.ofMinutes(10),
            Duration.ofSeconds(1),
            Duration.ofHours(24)),
        DockerConfig.read(in));
  }
}
