package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.ErrorKind;
import dev.mneme.common.Ids;
import dev.mneme.common.MnemeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;
  private Path path;

  @BeforeEach
  void choose() {
    path = temp.resolve("data");
  }

  @Test
  void everythingInAFreshFolderIsForItsUserAlone() throws Exception {
    try (DataFolder folder = DataFolder.open(path.resolve("deeper"));
        Stream<Path> made = Files.walk(folder.path())) {
      assertThat(made.toList())
          .contains(folder.database(), folder.run(), folder.index(), folder.cache())
          .allSatisfy(p ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(p)))
                  .isEqualTo(Files.isDirectory(p) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void theIdStaysTheSame() {
    String first;
    try (DataFolder folder = DataFolder.open(path)) {
      first = folder.id();
    }
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.id()).isEqualTo(first).matches(id -> Ids.isId("folder", id));
    }
  }

  @Test
  void aSecondOpenerIsRefusedAndTheFirstKeepsTheLock() {
    try (DataFolder folder = DataFolder.open(path)) {
      for (int i = 0; i < 2; i++) {
        assertThat(refusal(folder.path())).returns("data_folder_in_use", MnemeException::code);
      }
    }
    DataFolder.open(path).close();
  }

  @Test
  void aFolderReadableByOthersIsClosedToThem() throws Exception {
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(path.resolve("mneme.toml"));
    DataFolder.open(path).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(path.resolve("mneme.toml"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderOthersMayWriteIsRefused() throws Exception {
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(refusal(path))
        .returns("unsafe_permissions", MnemeException::code)
        .hasMessageContaining("chmod go-w");
  }

  @Test
  void aFolderOfSomebodyElseIsRefused() throws Exception {
    Files.createDirectory(path);
    Assumptions.assumeTrue(giveAway(path), "needs root, to give a folder away");
    assertThat(refusal(path)).returns("unsafe_owner", MnemeException::code);
  }

  @Test
  void symbolicLinksAreNotFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.createSymbolicLink(path, elsewhere);
    assertThat(refusal(path)).returns("not_a_folder", MnemeException::code);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void nothingInsideIsOpenedThroughALink() throws Exception {
    DataFolder.open(path).close();
    Path victim = Files.writeString(temp.resolve("victim"), "untouched");
    for (String name :
        new String[] {
          "mneme.lock", "mneme.db", "mneme.db-wal", "mneme.toml", "secret.key", "folder.id"
        }) {
      Path entry = path.resolve(name);
      Files.deleteIfExists(entry);
      Files.createSymbolicLink(entry, victim);
      assertThat(refusal(path)).as(name).returns("unsafe_file", MnemeException::code);
      Files.delete(entry);
    }
    assertThat(victim).hasContent("untouched");
    Files.delete(path.resolve("run"));
    Files.createSymbolicLink(path.resolve("run"), temp);
    assertThat(refusal(path)).returns("not_a_folder", MnemeException::code);
  }

  @Test
  void aFolderWithModelsThatWereWrittenBeforeTheFirstStartIsTaken() throws Exception {
    Files.createDirectories(path.resolve("models"));
    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(folder.database()).hasFileName("mneme.db");
    }
  }

  @Test
  void aFolderFullOfOtherThingsIsLeftAlone() throws Exception {
    Files.createDirectory(path);
    Files.writeString(path.resolve("thesis.tex"), "x");
    assertThat(refusal(path)).returns("not_a_data_folder", MnemeException::code);
    assertThat(path).isDirectoryContaining("glob:**/thesis.tex");
  }

  @Test
  void aFileInTheWayIsNamed() throws Exception {
    Files.createFile(path);
    assertThat(refusal(path))
        .returns(ErrorKind.CONFLICT, MnemeException::kind)
        .hasMessageContaining(path.toString());
  }

  static boolean giveAway(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", 65_534);
      return true;
    } catch (java.io.IOException _) {
      return false;
    }
  }

  static MnemeException refusal(Path path) {
    MnemeException[] thrown = new MnemeException[1];
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> DataFolder.open(path).close())
        .satisfies(e -> thrown[0] = e);
    return thrown[0];
  }
}
