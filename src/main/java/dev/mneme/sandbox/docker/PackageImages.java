package dev.mneme.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Sha256;
import dev.mneme.sandbox.docker.PackageSettings.Allow;
import dev.mneme.sandbox.docker.wire.EngineException;
import dev.mneme.sandbox.docker.wire.EngineHttp;
import dev.mneme.sandbox.docker.wire.Images;
import dev.mneme.sandbox.packages.Requirements;
import dev.mneme.sandbox.packages.Resolver;
import dev.mneme.sandbox.packages.WheelFolder;
import dev.mneme.sandbox.packages.WheelSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images with sets of packages: each is the usual image and one layer more, named by both.
 * Thread-safe; one is built at a time, without holding up who needs another that is there.
 */
public final class PackageImages implements PackageSource {
  /** What was asked for, and what that came to. */
  static final String ASKED = "dev.mneme.packages";

  static final String WHEELS = "dev.mneme.wheels";

  /** How large the packages are, without the image they are laid over. */
  static final String BYTES = "dev.mneme.packages.bytes";

  private static final Logger log = LoggerFactory.getLogger(PackageImages.class);
  private static final String REPOSITORY = "mneme-packages:";
  private static final int TAG_LENGTH = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final EngineAddress engine;
  private final PackageSettings settings;
  private final SetBuilds builds;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public PackageImages(EngineAddress engine, PackageSettings settings) {
    this(engine, settings, PATIENCE);
  }

  /**
   * @param patience how long somebody waits for a set that is being built
   */
  public PackageImages(EngineAddress engine, PackageSettings settings, Duration patience) {
    this.engine = engine;
    this.settings = settings;
    this.builds = new SetBuilds(patience);
  }

  /**
   * A set that is there.
   *
   * @param asked the requirements, with commas between them
   * @param wheels names and versions
   */
  public record Built(String image, String asked, String wheels, long bytes) {}

  @Override
  public void requireAllowed(List<String> packages) {
    if (settings.allow() == Allow.OFF) {
      throw PackageSource.notAllowed(packages);
    }
  }

  @Override
  public String image(ImageSource.Image base, List<String> packages, Probe probe)
      throws IOException {
    List<String> asked = Requirements.normal(packages);
    String image = REPOSITORY + tag(base, asked);
    if (!known.contains(image)) {
      find(image, base, asked, probe);
      known.add(image);
    }
    return image;
  }

  @Override
  public void gone(String image) {
    known.remove(image);
  }

  /** All sets the engine has. */
  public List<Built> list() throws EngineException {
    try (EngineHttp http = new EngineHttp(engine.endpoint())) {
      return new Images(http)
          .labelled(ASKED).stream()
              .flatMap(image ->
                  image.names().stream()
                      .filter(name -> name.startsWith(REPOSITORY))
                      .map(name ->
                          new Built(
                              name,
                              image.labels().getOrDefault(ASKED, ""),
                              image.labels().getOrDefault(WHEELS, ""),
                              image.bytes())))
              .toList();
    }
  }

  /** Removes a set, which has to be one; it can be built again. */
  public void remove(String image) throws EngineException {
    if (list().stream().noneMatch(built -> built.image().equals(image))) {
      throw MnemeException.notFound(
          "unknown_packages", "There is no set " + image + "; mneme sandbox packages list.");
    }
    try (EngineHttp http = new EngineHttp(engine.endpoint())) {
      new Images(http).remove(image);
    }
    known.remove(image);
  }

  private void find(String image, ImageSource.Image base, List<String> asked, Probe probe)
      throws IOException {
    if (has(image)) {
      return;
    }
    if (settings.allow() != Allow.AUTO) {
      throw MnemeException.unavailable(
          "packages_not_built",
          "The packages "
              + String.join(", ", asked)
              + " are not built; the operator can build them with mneme sandbox packages build.");
    }
    builds.await(
        image,
        () -> {
          // Somebody else may just have built it.
          if (!has(image)) {
            build(image, base, asked, probe);
          }
        });
  }

  /** How many bytes another set may have. */
  private long room() throws EngineException {
    int sets = 0;
    long bytes = 0;
    try (EngineHttp http = new EngineHttp(engine.endpoint())) {
      for (Images.Listed image : new Images(http).labelled(ASKED)) {
        sets++;
        bytes += Long.parseLong(image.labels().getOrDefault(BYTES, "0"));
      }
    }
    if (sets >= settings.sets()) {
      throw MnemeException.limit(
          "too_many_package_sets",
          "There are "
              + sets
              + " sets of packages already; the operator can remove some (mneme sandbox packages"
              + " remove) or allow more (sandbox.packages.sets).");
    }
    return settings.bytes() - bytes;
  }

  private void build(String image, ImageSource.Image base, List<String> asked, Probe probe)
      throws IOException {
    long room = room();
    Path folder =
        settings
            .wheels()
            .orElseThrow(() ->
                MnemeException.unavailable(
                    "no_wheels", "No folder of wheels is configured (sandbox.packages.wheels)."));
    WheelSet wheels = new Resolver(WheelFolder.read(folder), probe.ask(base)).resolve(asked);
    log.info("Building {} with {}.", image, String.join(", ", wheels.names()));
    try (DockerClient client = DockerClients.open(engine)) {
      new PackageBuild(client, base.tag(), asked, wheels).run(image, room);
    } catch (DockerException | DockerClientException e) {
      throw MnemeException.unavailable(
          "packages_not_built",
          "The packages "
              + String.join(", ", asked)
              + " could not be built: "
              + String.valueOf(e.getMessage()).strip());
    }
  }

  private boolean has(String image) throws EngineException {
    try (EngineHttp http = new EngineHttp(engine.endpoint())) {
      return new Images(http).has(image);
    }
  }

  private static String tag(ImageSource.Image base, List<String> asked) {
    return Sha256.hex(base.tag() + '\n' + String.join("\n", asked)).substring(0, TAG_LENGTH);
  }
}
