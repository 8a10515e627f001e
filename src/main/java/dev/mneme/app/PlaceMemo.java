package dev.mneme.app;

import dev.mneme.store.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The note in a data folder that its untrusted code has been given containers: from then on it gets
 * nothing less. Nobody but the operator removes it.
 */
public final class PlaceMemo {
  private static final Logger log = LoggerFactory.getLogger(PlaceMemo.class);
  private static final String NAME = "sandbox.place";
  private static final String CONTAINERS = "docker";

  private final Optional<Path> file;

  private PlaceMemo(Optional<Path> file) {
    this.file = file;
  }

  public static PlaceMemo in(Path dataFolder) {
    return new PlaceMemo(Optional.of(dataFolder.resolve(NAME)));
  }

  /** For what runs without a data folder. */
  static PlaceMemo none() {
    return new PlaceMemo(Optional.empty());
  }

  /** Whether it is there; what cannot be read counts as there, which is the safe side. */
  public boolean saysContainers() {
    return file.map(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS)).orElse(false);
  }

  void write() {
    if (file.isPresent() && !saysContainers()) {
      try {
        PrivateFiles.write(file.get(), (CONTAINERS + '\n').getBytes(StandardCharsets.UTF_8));
        log.info("From now on, untrusted code of this data folder runs in containers only.");
      } catch (IOException e) {
        throw new UncheckedIOException("the data folder cannot be written", e);
      }
    }
  }
}
