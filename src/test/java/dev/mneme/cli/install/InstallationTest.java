package dev.mneme.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 22, 9, 0);
  private static final FileEdit EDIT =
      new JsonEdit(Shape.STANDARD, new Entry("mneme", "/m", List.of("mcp")));

  @TempDir Path folder;

  @Test
  void makesAMissingFileForThisUserOnly() throws IOException {
    Path file = folder.resolve("a/b/mcp.json");

    Installation installation = Installation.prepare(file, EDIT);

    assertThat(file).doesNotExist();
    assertThat(installation.difference()).contains("+    \"mneme\": {");
    assertThat(installation.make(NOW)).isEmpty();
    assertThat(file).hasContent(EDIT.alone());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsTheOldFileItsRightsAndTheLinkThatLedToIt() throws IOException {
    Path real = Files.writeString(folder.resolve("real.json"), "{\"a\": 1}");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), real);

    Path copy = Installation.prepare(link, EDIT).make(NOW).orElseThrow();

    assertThat(copy).hasFileName("real.json.before-mneme-20261122-090000").hasContent("{\"a\": 1}");
    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("\"mneme\"", "\"a\": 1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
        .isEqualTo("rw-r-----");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  @Test
  void doesNotOverwriteWhatTheClientWroteMeanwhile() throws IOException {
    Path file = Files.writeString(folder.resolve("mcp.json"), "{}");
    Installation installation = Installation.prepare(file, EDIT);
    Files.writeString(file, "{\"new\": true}");

    assertThatThrownBy(() -> installation.make(NOW)).hasMessageContaining("changed meanwhile");
    assertThat(file).hasContent("{\"new\": true}");
  }
}
