package dev.mneme.cli;

import dev.mneme.app.Build;
import dev.mneme.sandbox.docker.EngineAddress;
import dev.mneme.sandbox.docker.ImageFiles;
import dev.mneme.sandbox.docker.SandboxImage;
import dev.mneme.sandbox.docker.SandboxImages;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mneme sandbox build}. */
@Command(
    name = "build",
    description = "Builds the image that untrusted tools run in, unless the engine has it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A server builds it by itself when it first needs it. Its base comes from a registry; where"
          + " none can",
      "be reached, sandbox-images/base.sh makes one out of Debian's packages.",
      "",
      "Examples:",
      "  mneme sandbox build",
      "  mneme sandbox build --data      with numpy, pandas and matplotlib"
    })
final class SandboxBuildCommand implements Callable<Integer> {
  @Option(names = "--data", description = "The image with numpy, pandas and matplotlib.")
  private boolean data;

  @Option(
      names = "--host",
      paramLabel = "URI",
      description =
          "The engine, such as unix:///var/run/docker.sock (default: $$DOCKER_HOST, else found).")
  private @Nullable String host;

  @Override
  public Integer call() {
    EngineAddress engine = EngineAddress.find(Optional.ofNullable(host), System.getenv());
    SandboxImage image = data ? SandboxImage.PYTHON_DATA : SandboxImage.PYTHON;
    SandboxImages images =
        new SandboxImages(new ImageFiles(Build.current().sandboxImages()), engine);
    System.out.println(images.ensure(image, step -> System.err.println("mneme: " + step)));
    return ExitCode.OK;
  }
}
