package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.app.Config;
import dev.mneme.app.PackageDesk;
import dev.mneme.sandbox.docker.PackageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mneme sandbox packages build}. */
@Command(
    name = "build",
    description =
        "Builds the set of packages that a tool's dependencies name, from a folder of wheels.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Give the requirements as the tool has them. Their wheels, and those of all",
      "they need, have to be in the folder; it can be filled with",
      "pip download --only-binary=:all: -d FOLDER PACKAGE...",
      "",
      "Example:",
      "  mneme sandbox packages build --wheels ~/wheels 'tabulate>=0.9' python-dateutil"
    })
final class PackagesBuildCommand implements Callable<Integer> {
  @Mixin private Settings settings = new Settings();

  @Option(
      names = "--wheels",
      paramLabel = "FOLDER",
      description = "Where the wheels are; default: sandbox.packages.wheels.")
  private @Nullable Path wheels;

  @Parameters(arity = "1..*", paramLabel = "PACKAGE", description = "Such as tabulate>=0.9.")
  private List<String> packages = List.of();

  @Override
  public Integer call() throws IOException {
    Config config = settings.load();
    try (PackageDesk desk =
        PackageDesk.open(config, Build.current(), Optional.ofNullable(wheels))) {
      System.out.println(desk.build(packages));
    }
    if (config.sandbox().packages().allow() == PackageSettings.Allow.OFF) {
      System.err.println("mneme: no tool can have it yet: set sandbox.packages.allow = \"built\"");
    }
    return ExitCode.OK;
  }
}
