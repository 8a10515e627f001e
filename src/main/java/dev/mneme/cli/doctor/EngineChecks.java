package dev.mneme.cli.doctor;

import dev.mneme.app.Build;
import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.EngineFacts;
import dev.mneme.sandbox.docker.ImageFiles;
import dev.mneme.sandbox.docker.PackageSettings;
import dev.mneme.sandbox.docker.SandboxImage;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.sandbox.docker.wire.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The container engine and the images untrusted tools run in. */
final class EngineChecks {
  private final Optional<String> configured;
  private final Map<String, String> environment;
  private final PackageSettings packages;
  private final ImageFiles files;

  EngineChecks(
      Optional<String> configured,
      PackageSettings packages,
      Map<String, String> environment,
      Build build) {
    this.packages = packages;
    this.configured = configured;
    this.environment = environment;
    files = new ImageFiles(build.sandboxImages());
  }

  List<Check> run() {
    EngineAddress host;
    try {
      host = EngineAddress.find(configured, environment);
    } catch (MnemeException | IllegalArgumentException e) {
      return List.of(Check.problem("docker", String.valueOf(e.getMessage())));
    }
    try (EngineHttp engine = new EngineHttp(host.endpoint())) {
      return examine(host, engine);
    } catch (EngineException e) {
      return List.of(
          Check.note(
              "docker",
              "no engine answers at "
                  + host.host()
                  + " ("
                  + e.getMessage()
                  + "): install one (Debian: apt-get install docker.io), start it, or name it in"
                  + " DOCKER_HOST"));
    } catch (MnemeException e) {
      return List.of(Check.problem("docker", e.message()));
    }
  }

  private List<Check> examine(EngineAddress host, EngineHttp engine) throws EngineException {
    EngineFacts facts = EngineFacts.of(engine);
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.ok(
            "docker",
            facts.name()
                + " at "
                + host.host()
                + ", cgroups v"
                + facts.cgroups()
                + ", runtime "
                + facts.runtime()
                + " (of "
                + String.join(", ", facts.runtimes())
                + (facts.userNamespaces() ? "), user namespaces" : ")")));
    for (SandboxImage image : SandboxImage.values()) {
      checks.add(image(engine, image));
    }
    checks.add(PackageCheck.run(packages, host));
    return checks;
  }

  private Check image(EngineHttp engine, SandboxImage image) throws EngineException {
    String tag = files.tag(image);
    if (new Images(engine).has(tag)) {
      return Check.ok("image", tag + " is there");
    }
    String when =
        image == SandboxImage.PYTHON
            ? "built at the first use, or now with: "
            : "optional; build it with: ";
    return Check.note("image", tag + " is not there; " + when + image.buildCommand());
  }
}
