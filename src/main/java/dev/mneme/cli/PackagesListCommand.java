package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.PackageDesk;
import dev.mneme.sandbox.docker.PackageImages.Built;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mneme sandbox packages list}. */
@Command(
    name = "list",
    description = "Lists the sets of packages that were built, with what is in each.",
    mixinStandardHelpOptions = true)
final class PackagesListCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Override
  public Integer call() throws IOException {
    try (PackageDesk desk = PackageDesk.open(settings.load(), Build.current(), Optional.empty())) {
      List<Built> sets = desk.list();
      sets.forEach(set ->
          System.out.println(
              String.format(
                  Locale.ROOT,
                  "%s  %4d MB  %s  (%s)",
                  set.image(),
                  set.bytes() >> 20,
                  set.asked(),
                  set.wheels())));
      if (sets.isEmpty()) {
        System.err.println("mneme: no set of packages was built");
      }
    }
    return ExitCode.OK;
  }
}
