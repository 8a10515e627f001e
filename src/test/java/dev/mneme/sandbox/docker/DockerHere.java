package dev.mneme.sandbox.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether tests that need a container engine can run here. */
public final class DockerHere {
  private DockerHere() {}

  /** Skips the test where no engine answers, or fails it when nothing may be missing. */
  public static void require() {
    if (!answers()) {
      if ("1".equals(System.getenv("MNEME_REQUIRE_ALL"))) {
        throw new AssertionError("no container engine answers, and MNEME_REQUIRE_ALL=1");
      }
      assumeTrue(false, "no container engine answers");
    }
  }

  /** As above; the image is there afterwards, which may take longer than a call waits for it. */
  public static void require(SandboxImage image) {
    require();
    EngineAddress engine = EngineAddress.find(Optional.empty(), System.getenv());
    String _ =
        new SandboxImages(new ImageFiles(Path.of("sandbox-images")), engine)
            .ensure(image, step -> System.out.println("image: " + step));
  }

  /** Whether the engine has an image of this name. */
  public static boolean has(String image) throws IOException {
    try (DockerClient client = TestingDocker.client()) {
      return !client.listImagesCmd().withReferenceFilter(image).exec().isEmpty();
    }
  }

  public static boolean answers() {
    EngineAddress address = EngineAddress.find(Optional.empty(), System.getenv());
    try (DockerClient client = DockerClients.open(address)) {
      client.pingCmd().exec();
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
