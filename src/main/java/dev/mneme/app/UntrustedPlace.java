package dev.mneme.app;

import dev.mneme.sandbox.docker.DockerSandbox;
import dev.mneme.sandbox.docker.PreparedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where untrusted code runs. After containers were used once in a data folder they are the
 * only answer there, unless the operator says otherwise in the configuration.
 *
 * @param open whether others than this machine can reach the server
 */
record UntrustedPlace(
    SandboxConfig.Untrusted wanted,
    PlaceMemo memo,
    DockerSandbox docker,
    PreparedImage image,
    boolean open) {
  private static final Logger log = LoggerFactory.getLogger(UntrustedPlace.class);

  /** Where, and why in words for people. */
  record Decision(Kind kind, String why) {}

  /** Where untrusted code can run. */
  enum Kind {
    CONTAINERS,
    GRAALPY,
    NOWHERE
  }

  /** May take as long as making the image does. */
  Decision decide() {
    Decision decision =
        switch (wanted) {
          case DOCKER -> new Decision(Kind.CONTAINERS, "the configuration says so");
          case GRAALPY -> new Decision(Kind.GRAALPY, "the configuration says so");
          case AUTO -> automatic();
        };
    switch (decision.kind()) {
      case CONTAINERS -> log.info("Untrusted code runs in containers: {}.", decision.why());
      case GRAALPY ->
          log.warn(
              "Untrusted code runs in GraalPy workers, without a container around it: {}.",
              decision.why());
      case NOWHERE -> log.warn("Untrusted code does not run: {}.", decision.why());
    }
    return decision;
  }

  private Decision automatic() {
    if (memo.saysContainers()) {
      return new Decision(Kind.CONTAINERS, "it did before in this data folder");
    }
    try {
      String engine = docker.engine();
      image.await();
      memo.write();
      return new Decision(Kind.CONTAINERS, "there is an engine, " + engine);
    } catch (IOException | UncheckedIOException e) {
      return open
          ? new Decision(
              Kind.NOWHERE,
              e.getMessage()
                  + "; it needs containers because the server can be reached from other machines")
          : new Decision(Kind.GRAALPY, String.valueOf(e.getMessage()));
    }
  }
}
