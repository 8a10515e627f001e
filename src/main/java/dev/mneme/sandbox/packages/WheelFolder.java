package dev.mneme.sandbox.packages;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wheels of one folder, as they were when it was read. */
public final class WheelFolder {
  private static final int MAX_WHEELS = 20_000;

  private final Path folder;
  private final Map<String, List<Wheel>> byName;

  private WheelFolder(Path folder, Map<String, List<Wheel>> byName) {
    this.folder = folder;
    this.byName = byName;
  }

  /**
   * Reads the names of the wheels in a folder.
   *
   * @throws MnemeException {@code no_wheels} when the folder cannot be read
   */
  public static WheelFolder read(Path folder) {
    List<Wheel> wheels = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.limit(MAX_WHEELS).forEach(file -> Wheel.of(file).ifPresent(wheels::add));
    } catch (IOException e) {
      throw MnemeException.unavailable(
          "no_wheels", "The folder of wheels " + folder + " cannot be read: name one that can be.");
    }
    return new WheelFolder(folder, wheels.stream().collect(Collectors.groupingBy(Wheel::name)));
  }

  /** How many wheels there are. */
  public int size() {
    return byName.values().stream().mapToInt(List::size).sum();
  }

  Path folder() {
    return folder;
  }

  List<Wheel> of(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
