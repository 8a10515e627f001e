package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.PackageDesk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code mneme sandbox packages remove}. */
@Command(
    name = "remove",
    description = "Removes sets of packages that no container uses; they can be built again.",
    mixinStandardHelpOptions = true)
final class PackagesRemoveCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "As list shows it.")
  private List<String> images = List.of();

  @Override
  public Integer call() throws IOException {
    try (PackageDesk desk = PackageDesk.open(settings.load(), Build.current(), Optional.empty())) {
      for (String image : images) {
        desk.remove(image);
      }
    }
    return ExitCode.OK;
  }
}
