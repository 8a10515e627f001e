package dev.mneme.sandbox.docker;

import dev.mneme.sandbox.docker.wire.Endpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a container engine listens.
 *
 * @param host {@code unix:///path} or {@code tcp://host:port}
 * @param certificates folder with ca.pem, cert.pem and key.pem, when the connection is encrypted
 */
public record EngineAddress(URI host, Optional<Path> certificates) {
  private static final URI USUAL = URI.create("unix:///var/run/docker.sock");

  public EngineAddress {
    String scheme = String.valueOf(host.getScheme());
    if (!scheme.equals("unix") && !scheme.equals("tcp")) {
      throw new IllegalArgumentException(
          "a container engine is named as unix:///PATH or tcp://HOST:PORT, not as " + host);
    }
  }

  /**
   * The engine that the operator or Docker's own variables name, else the first socket there is of
   * Docker, rootless Docker, Docker Desktop, Podman and Colima.
   */
  public static EngineAddress find(Optional<String> configured, Map<String, String> environment) {
    Optional<String> named =
        configured
            .or(() -> Optional.ofNullable(environment.get("DOCKER_HOST")))
            .filter(text -> !text.isBlank());
    URI host = named.map(URI::create).orElseGet(() -> firstSocket(environment));
    return new EngineAddress(host, certificates(host, environment));
  }

  public boolean isUnixSocket() {
    return "unix".equals(host.getScheme());
  }

  /** The same for calls that have to be fast. */
  public Endpoint endpoint() {
    return Endpoint.of(host, certificates.map(folder -> new EngineTls(folder).context()));
  }

  private static URI firstSocket(Map<String, String> environment) {
    return sockets(environment).stream()
        .filter(Files::exists)
        .map(socket -> URI.create("unix://" + socket))
        .findFirst()
        .orElse(USUAL);
  }

  private static List<Path> sockets(Map<String, String> environment) {
    List<Path> sockets = new ArrayList<>();
    sockets.add(Path.of(USUAL.getPath()));
    Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
        .map(Path::of)
        .ifPresent(run -> {
          sockets.add(run.resolve("docker.sock"));
          sockets.add(run.resolve("podman/podman.sock"));
        });
    Optional.ofNullable(environment.get("HOME"))
        .map(Path::of)
        .ifPresent(home -> {
          sockets.add(home.resolve(".docker/run/docker.sock"));
          sockets.add(home.resolve(".colima/default/docker.sock"));
        });
    sockets.add(Path.of("/run/podman/podman.sock"));
    return sockets;
  }

  private static Optional<Path> certificates(URI host, Map<String, String> environment) {
    String verify = environment.getOrDefault("DOCKER_TLS_VERIFY", "");
    if (!"tcp".equals(host.getScheme()) || verify.isEmpty() || verify.equals("0")) {
      return Optional.empty();
    }
    return Optional.of(
        Optional.ofNullable(environment.get("DOCKER_CERT_PATH"))
            .map(Path::of)
            .orElseGet(() -> Path.of(environment.getOrDefault("HOME", ""), ".docker")));
  }
}
