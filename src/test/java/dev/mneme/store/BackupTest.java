package dev.mneme.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final String OTHER = "user-11111111-1111-4111-8111-111111111111";

  private final Backup backup = new Backup(Clock.systemUTC(), "0.1.0");
  @TempDir Path temp;
  private Path data;
  private Path file;
  private Path target;

  @BeforeEach
  void fill() throws Exception {
    data = temp.resolve("data");
    file = Files.createDirectory(temp.resolve("out")).resolve("mneme.zip");
    target = Files.createDirectory(temp.resolve("in")).resolve("restored");
    try (DataFolder folder = DataFolder.open(data);
        Database database = Database.open(folder.database(), 1)) {
      addOwner(database, OTHER);
      Files.writeString(folder.configuration(), "[server]\nport = 9999\n");
      Files.writeString(folder.secretKey(), "the key");
    }
  }

  @Test
  void whatWasBackedUpIsRestored() throws Exception {
    Files.createDirectory(data.resolve("models"));
    Backup.Result written = backup.write(data, file);
    assertThat(written.notes())
        .anyMatch(note -> note.contains("secret.key"))
        .anyMatch(note -> note.contains("models/"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(entries(file).keySet()).containsExactly("manifest.json", "mneme.db", "mneme.toml");
    assertThat(file.getParent()).isDirectoryNotContaining(p -> !p.equals(file));

    Restore.Result restored = backup.restore(file, target);
    assertThat(restored).returns("0.1.0", Restore.Result::version);
    assertThat(target.resolve("mneme.toml")).hasContent("[server]\nport = 9999\n");
    assertThat(target.resolve("secret.key")).doesNotExist();
    assertThat(target.getParent()).isDirectoryNotContaining(p -> !p.equals(target));
    assertThat(owners(target)).contains(OTHER, Owner.DEFAULT.id());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rwx------");
  }

  @Test
  void aBackupIsTakenWhileTheServerWrites() throws Exception {
    try (DataFolder folder = DataFolder.open(data);
        Database database = Database.open(folder.database(), 1)) {
      addOwner(database, "user-22222222-2222-4222-8222-222222222222");
      backup.write(data, file);
      addOwner(database, "user-33333333-3333-4333-8333-333333333333");
    }
    backup.restore(file, target);
    assertThat(owners(target))
        .hasSize(3)
        .doesNotContain("user-33333333-3333-4333-8333-333333333333");
    assertThat(owners(data)).hasSize(4);
  }

  @Test
  void nothingIsWrittenOver() throws Exception {
    Files.writeString(file, "precious");
    assertThat(refusal(() -> backup.write(data, file)))
        .returns("file_exists", MnemeException::code);
    assertThat(file).hasContent("precious");
    assertThat(refusal(() -> backup.write(temp.resolve("none"), file.resolveSibling("x"))))
        .returns("no_data_folder", MnemeException::code);
    assertThat(refusal(() -> backup.write(data, temp.resolve("no/such/file"))))
        .returns("no_such_folder", MnemeException::code);
  }

  @Test
  void aFolderInUseOrWithFilesIsNotRestoredInto() throws Exception {
    backup.write(data, file);
    try (DataFolder folder = DataFolder.open(target)) {
      assertThat(refusal(() -> backup.restore(file, folder.path())))
          .returns("folder_not_empty", MnemeException::code);
    }
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("thesis.tex"), "x");
    assertThat(refusal(() -> backup.restore(file, other)))
        .returns("folder_not_empty", MnemeException::code);
    assertThat(other.resolve("thesis.tex")).hasContent("x");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    backup.restore(file, empty);
    assertThat(owners(empty)).hasSize(2);
  }

  @Test
  void hostileNamesNeverLeaveTheFolder() throws Exception {
    backup.write(data, file);
    Map<String, byte[]> good = entries(file);
    for (String name :
        List.of(
            "../evil",
            "/tmp/evil",
            "mneme.db/../../evil",
            "..\\evil",
            "secret.key",
            "mneme.db/",
            "run/x",
            "MNEME.DB")) {
      Map<String, byte[]> hostile = new LinkedHashMap<>(good);
      hostile.put(name, "evil".getBytes(StandardCharsets.UTF_8));
      assertRefused(zip(hostile), name);
      Map<String, byte[]> listed = new LinkedHashMap<>(hostile);
      listed.put(
          "manifest.json",
          manifest(good)
              .replace(
                  "\"entries\":[",
                  "\"entries\":[{\"name\":\""
                      + name.replace("\\", "\\\\")
                      + "\",\"size\":4,\"sha256\":\"x\"},")
              .getBytes(StandardCharsets.UTF_8));
      assertRefused(zip(listed), name);
    }
    assertThat(temp).isDirectoryNotContaining("glob:**evil");
  }

  @Test
  void archivesThatLieAreRefused() throws Exception {
    backup.write(data, file);
    Map<String, byte[]> good = entries(file);
    Map<String, String> lies = new LinkedHashMap<>();
    lies.put("\"format\":1", "\"format\":2");
    lies.put("\"format\":1,", "\"format\":0,");
    lies.put("\"sha256\":\"", "\"sha256\":\"0");
    lies.put("\"size\":", "\"size\":1");
    lies.put("\"size\": ", "\"size\":-");
    lies.put("\"name\":\"mneme.db\"", "\"name\":\"mneme.toml\"");
    lies.put("\"schema\":\"", "\"schema\":\"9");
    lies.put("\"entries\":[", "\"entries\":[null,");
    lies.put("{\"format\"", "[{\"format\"");
    lies.forEach((from, to) -> {
      Map<String, byte[]> changed = new LinkedHashMap<>(good);
      String manifest = manifest(good).replace(from.strip(), to);
      assertThat(manifest).isNotEqualTo(manifest(good));
      changed.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
      assertRefused(zip(changed), to);
    });
    Map<String, byte[]> without = new LinkedHashMap<>(good);
    without.remove("mneme.toml");
    assertRefused(zip(without), "an entry is missing");
    without.remove("manifest.json");
    assertRefused(zip(without), "no manifest");
  }

  @Test
  void damagedArchivesAreRefusedWhereverTheyAreCut() throws Exception {
    backup.write(data, file);
    byte[] whole = Files.readAllBytes(file);
    Map<String, byte[]> good = entries(file);
    int contents = whole.length - 400;
    for (int length = 0; length < contents; length += Math.max(1, whole.length / 25)) {
      assertRefused(Arrays.copyOf(whole, length), "cut at " + length);
    }
    byte[] database = good.get("mneme.db").clone();
    Arrays.fill(database, database.length / 2, database.length, (byte) 0x5a);
    good.put("mneme.db", database);
    assertRefused(zip(good), "damaged database");
    assertRefused("no zip at all".getBytes(StandardCharsets.UTF_8), "no zip");
  }

  @Test
  void aBombIsRefusedBeforeItUnpacks() throws Exception {
    backup.write(data, file);
    Map<String, byte[]> good = entries(file);
    String huge = manifest(good).replaceFirst("\"size\":\\d+", "\"size\":50000000000");
    good.put("manifest.json", huge.getBytes(StandardCharsets.UTF_8));
    assertRefused(zip(good), "a declared bomb");
    byte[] zeros = new byte[40 << 20];
    Map<String, byte[]> more = entries(file);
    more.put("mneme.toml", zeros);
    assertRefused(zip(more), "a configuration larger than declared");
  }

  @Test
  void aDatabaseWithATriggerOfItsOwnIsRefused() throws Exception {
    try (DataFolder folder = DataFolder.open(data);
        Database database = Database.open(folder.database(), 1)) {
      database.maintainWrite(h ->
          h.execute("CREATE TRIGGER steal AFTER INSERT ON owner BEGIN DELETE FROM owner; END"));
    }
    backup.write(data, file);
    assertRefused(Files.readAllBytes(file), "a trigger");
  }

  @Test
  void aNewerSchemaIsRefused() throws Exception {
    try (DataFolder folder = DataFolder.open(data);
        Database database = Database.open(folder.database(), 1)) {
      database.maintainWrite(h ->
          h.execute(
              "INSERT INTO flyway_schema_history SELECT 9999, '9.99', description, type, script,"
                  + " checksum, installed_by, installed_on, 0, 1 FROM flyway_schema_history"
                  + " LIMIT 1"));
    }
    backup.write(data, file);
    assertThat(refusal(() -> backup.restore(file, target)))
        .returns("schema_newer", MnemeException::code);
  }

  private void assertRefused(byte[] archive, String what) {
    try {
      Path hostile = temp.resolve("hostile.zip");
      Files.write(hostile, archive);
      assertThat(refusal(() -> backup.restore(hostile, target))).as(what).isNotNull();
      assertThat(target).as(what).doesNotExist();
      assertThat(target.getParent()).as(what).isEmptyDirectory();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MnemeException refusal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    List<MnemeException> thrown = new ArrayList<>();
    assertThatExceptionOfType(MnemeException.class).isThrownBy(call).satisfies(thrown::add);
    return thrown.getFirst();
  }

  private static String manifest(Map<String, byte[]> entries) {
    return new String(entries.get("manifest.json"), StandardCharsets.UTF_8);
  }

  private static Map<String, byte[]> entries(Path archive) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private byte[] zip(Map<String, byte[]> entries) {
    Path archive = temp.resolve("made.zip");
    try {
      try (OutputStream out = Files.newOutputStream(archive);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      return Files.readAllBytes(archive);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void addOwner(Database database, String id) {
    database.maintainWrite(
        h -> h.execute("INSERT INTO owner VALUES (?, 'x', '2026-01-01T00:00:00Z')", id));
  }

  private static List<String> owners(Path path) {
    try (DataFolder folder = DataFolder.open(path);
        Database database = Database.open(folder.database(), 1)) {
      return database.maintain(
          h -> h.createQuery("SELECT owner_id FROM owner").mapTo(String.class).list());
    }
  }
}
