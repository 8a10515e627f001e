package dev.mneme.cli.doctor;

import dev.mneme.common.MnemeException;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.PackageImages;
import dev.mneme.sandbox.docker.PackageSettings;
import dev.mneme.sandbox.packages.WheelFolder;
import java.io.IOException;

/** Python packages for tools. */
final class PackageCheck {
  private static final String NAME = "packages";

  private PackageCheck() {}

  static Check run(PackageSettings settings, EngineAddress engine) {
    if (settings.allow() == PackageSettings.Allow.OFF) {
      return Check.ok(NAME, "tools have none but the image's own (sandbox.packages.allow)");
    }
    try {
      int sets = new PackageImages(engine, settings).list().size();
      String wheels =
          settings
              .wheels()
              .map(folder -> WheelFolder.read(folder).size() + " wheels in " + folder)
              .orElse("no folder of wheels is named (sandbox.packages.wheels)");
      return Check.ok(NAME, sets + " sets are built; " + wheels);
    } catch (MnemeException e) {
      return Check.problem(NAME, e.message());
    } catch (IOException e) {
      return Check.note(NAME, "the engine does not answer: " + e.getMessage());
    }
  }
}
