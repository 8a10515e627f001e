package dev.mneme.sandbox.packages;

import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * A wheel, as its file name has it.
 *
 * @param name normalized
 */
record Wheel(
    Path file,
    String name,
    Version version,
    String shown,
    String python,
    String abi,
    String system) {
  private static final Pattern FILE =
      Pattern.compile(
          "([A-Za-z0-9._]+)-([A-Za-z0-9._!+]+)(?:-\\d[^-]*)?-([a-z0-9._]+)-([a-z0-9._]+)-([a-z0-9._]+)"
              + "\\.whl");
  private static final int MAX_METADATA = 4 << 20;

  /** What a wheel says of itself. */
  record Metadata(Versions python, List<Requirement> needs) {
    Metadata {
      needs = List.copyOf(needs);
    }
  }

  /** Absent when the name is no wheel's. */
  static Optional<Wheel> of(Path file) {
    Matcher parts = FILE.matcher(String.valueOf(file.getFileName()));
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Version.of(parts.group(2))
        .map(version ->
            new Wheel(
                file,
                Requirement.normal(parts.group(1)),
                version,
                parts.group(2),
                parts.group(3),
                parts.group(4),
                parts.group(5)));
  }

  int fit(TargetPython target) {
    return target.fit(python, abi, system);
  }

  Metadata metadata() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String inside =
          zip.stream()
              .map(entry -> entry.getName())
              .filter(path -> path.matches("[^/]+\\.dist-info/METADATA"))
              .findFirst()
              .orElseThrow(() -> broken("it has no METADATA"));
      try (var in = zip.getInputStream(zip.getEntry(inside))) {
        return read(new String(in.readNBytes(MAX_METADATA), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  MnemeException broken(String why) {
    return MnemeException.invalid(
        "broken_wheel", "The wheel " + file.getFileName() + " cannot be used: " + why + ".");
  }

  @Override
  public String toString() {
    return name + " " + shown;
  }

  /** Headers as in mail; a text may follow them, which is not looked at. */
  private Metadata read(String text) {
    Versions pythons = Versions.ALL;
    List<Requirement> needs = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank()) {
        break;
      }
      if (line.startsWith("Requires-Python:")) {
        pythons = Versions.of(after(line)).orElse(Versions.ALL);
      } else if (line.startsWith("Requires-Dist:")) {
        needs.add(
            Requirement.find(after(line))
                .orElseThrow(
                    () -> broken("it needs something that is no package: " + after(line))));
      }
    }
    return new Metadata(pythons, needs);
  }

  private static String after(String line) {
    return line.substring(line.indexOf(':') + 1).strip();
  }
}
