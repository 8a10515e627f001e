package dev.mneme.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.common.MnemeException;
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
  void anImageThatIsMissingIsBuiltOnce() {
    DockerHere.require();
    SandboxImages images = new SandboxImages(FILES, EngineAddress.find(Optional.empty(), Map.of()));
    List<String> progress = new ArrayList<>();
    String tag = images.ensure(SandboxImage.PYTHON, progress::add);
    assertThat(tag).matches("mneme-python:[0-9a-f]{12}");
    assertThat(images.isThere(SandboxImage.PYTHON)).isTrue();
    progress.clear();
    assertThat(images.ensure(SandboxImage.PYTHON, progress::add)).isEqualTo(tag);
    assertThat(progress).isEmpty();
  }

  @Test
  void anEngineThatDoesNotAnswerIsUnavailable(@TempDir Path folder) {
    URI nobody = URI.create("unix://" + folder.resolve("none.sock"));
    SandboxImages images = new SandboxImages(FILES, new EngineAddress(nobody, Optional.empty()));
    assertThatThrownBy(() -> images.isThere(SandboxImage.PYTHON))
        .isInstanceOf(MnemeException.class)
        .hasMessageContaining("container engine does not answer");
  }
}
