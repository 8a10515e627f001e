package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import dev.mneme.common.MnemeException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images are found by the hash of their files, built when missing, and the lack of a base is said.
 */
class SandboxImagesIT {
  private static final ImageFiles FILES =
      new ImageFiles(Path.of("sandbox-images").toAbsolutePath());

  @Test
  void anImageThatIsMissingIsBuiltOnce() throws IOException {
    DockerHere.require();
    try (DockerClient client = client()) {
      SandboxImages images = new SandboxImages(FILES, client);
      List<String> progress = new ArrayList<>();
      String tag = images.ensure(SandboxImage.PYTHON, progress::add);
      assertThat(tag).matches("mneme-python:[0-9a-f]{12}");
      assertThat(images.isThere(SandboxImage.PYTHON)).isTrue();
      progress.clear();
      assertThat(images.ensure(SandboxImage.PYTHON, progress::add)).isEqualTo(tag);
      assertThat(progress).isEmpty();
    }
  }

  @Test
  void anEngineThatDoesNotAnswerIsUnavailable(@TempDir Path folder) throws IOException {
    URI nobody = URI.create("unix://" + folder.resolve("none.sock"));
    try (DockerClient client = DockerClients.open(new EngineAddress(nobody, Optional.empty()))) {
      assertThatThrownBy(() -> new SandboxImages(FILES, client).isThere(SandboxImage.PYTHON))
          .isInstanceOf(MnemeException.class)
          .hasMessageContaining("container engine does not answer");
    }
  }

  private static DockerClient client() {
    return DockerClients.open(EngineAddress.find(Optional.empty(), Map.of()));
  }
}
