package dev.mneme.sandbox.docker.wire;

import dev.mneme.common.MnemeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** How to reach a container engine. */
public sealed interface Endpoint {
  /** A Unix domain socket: Docker, Docker Desktop, Podman. */
  record Unix(Path socket) implements Endpoint {}

  /**
   * @param tls how to prove who one is and to check who answers; absent: in the clear
   */
  record Tcp(String host, int port, Optional<SSLContext> tls) implements Endpoint {}

  /**
   * Reads what {@code DOCKER_HOST} holds.
   *
   * @param tls used for {@code tcp://} and {@code https://} when present
   */
  static Endpoint of(URI host, Optional<SSLContext> tls) {
    String scheme = Optional.ofNullable(host.getScheme()).orElse("");
    String path = Optional.ofNullable(host.getPath()).orElse("");
    if (scheme.equals("unix") && !path.isEmpty()) {
      return new Unix(Path.of(path));
    }
    String name = host.getHost();
    if ((scheme.equals("tcp") || scheme.equals("http") || scheme.equals("https")) && name != null) {
      int standard = tls.isPresent() ? 2376 : 2375;
      return new Tcp(name, host.getPort() < 0 ? standard : host.getPort(), tls);
    }
    throw MnemeException.invalid(
        "invalid_engine_host",
        "The container engine's host must be like unix:///var/run/docker.sock or"
            + " tcp://machine:2376.");
  }

  /** The address as it is shown to the operator. */
  default String shown() {
    return switch (this) {
      case Unix(Path socket) -> "unix://" + socket;
      case Tcp(String host, int port, Optional<SSLContext> _) -> "tcp://" + host + ':' + port;
    };
  }

  /** Whether processes of the engine are processes of this machine. */
  default boolean isLocal() {
    return this instanceof Unix;
  }

  /** What goes into the Host header. */
  default String hostHeader() {
    return this instanceof Tcp(String host, int port, Optional<SSLContext> _)
        ? host + ':' + port
        : "engine";
  }
}
