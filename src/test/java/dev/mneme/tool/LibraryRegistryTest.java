package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryRegistryTest {
  @TempDir Path temporary;

  private Path folder;
  private Path cache;
  private final FakeSchemaReader reader = new FakeSchemaReader();
  private final List<LibraryRegistry> opened = new ArrayList<>();

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("library"));
    cache = temporary.resolve("cache/tool-schemas");
  }

  @AfterEach
  void close() {
    opened.forEach(LibraryRegistry::close);
  }

  @Test
  void toolsAreListedInTheOrderOfTheirNames() throws IOException {
    write("b.py", "def zebra(): ...");
    write("a.py", "def yak(): ...");
    write("c.py", "def ant(): ...");

    LibraryRegistry registry = open();

    await().until(() -> registry.catalog().tools().size() == 3);
    assertThat(registry.catalog().tools())
        .extracting(LibraryTool::name)
        .containsExactly("ant", "yak", "zebra");
    assertThat(registry.catalog().find("yak").orElseThrow().title()).isEqualTo("Yak");
  }

  @Test
  void openingDoesNotWaitForASchema() throws IOException {
    reader.gate = new CountDownLatch(1);
    write("slow.py", "def slow(): ...");

    LibraryRegistry registry = open();

    assertThat(registry.catalog().tools()).isEmpty();
    assertThat(registry.catalog().files())
        .extracting(ToolFile::state)
        .containsExactly(ToolFile.State.READING);
    reader.gate.countDown();
    await().until(() -> registry.catalog().find("slow").isPresent());
  }

  @Test
  void aBrokenFileKeepsItsLastGoodVersionAndShowsItsProblem() throws IOException {
    write("tool.py", "def tool(): return 1");
    LibraryRegistry registry = open();
    await().until(() -> registry.catalog().find("tool").isPresent());

    write("tool.py", "def tool(: broken");

    await().until(() -> file(registry, "tool.py").state() == ToolFile.State.BROKEN);
    ToolFile file = file(registry, "tool.py");
    assertThat(file.problems())
        .extracting(ToolProblem::text)
        .containsExactly("tool.py:3:7: it is broken; mend it");
    assertThat(registry.catalog().find("tool").orElseThrow().code().source())
        .isEqualTo("def tool(): return 1");

    write("tool.py", "def tool(): return 'mended'");
    await()
        .until(
            () -> registry.catalog().find("tool").orElseThrow().code().source().contains("mended"));
    assertThat(file(registry, "tool.py").problems()).isEmpty();
  }

  @Test
  void listenersHearOfNewChangedAndDeletedTools() throws Exception {
    LibraryRegistry registry = open();
    List<List<String>> heard = Collections.synchronizedList(new ArrayList<>());
    AutoCloseable listening =
        registry.onChange(
            catalog -> heard.add(catalog.tools().stream().map(LibraryTool::name).toList()));

    write("one.py", "def one(): ...");
    await().until(() -> heard.contains(List.of("one")));
    Files.delete(folder.resolve("one.py"));
    await().until(() -> heard.getLast().isEmpty());

    listening.close();
    int before = heard.size();
    write("two.py", "def two(): ...");
    await().until(() -> registry.catalog().find("two").isPresent());
    assertThat(heard).hasSize(before);
  }

  @Test
  void aSchemaIsDerivedOnceAndKeptForTheNextStart() throws IOException {
    write("kept.py", "def kept(): ...");
    LibraryRegistry first = open();
    await().until(() -> first.catalog().find("kept").isPresent());
    first.close();

    LibraryRegistry second = open();

    assertThat(second.catalog().find("kept")).isEqualTo(first.catalog().find("kept"));
    assertThat(reader.reads).hasValue(1);
  }

  @Test
  void shippedSchemasAnswerWithoutAnyReader() throws IOException {
    String source = "def shipped(): ...";
    write("shipped.py", source);
    ToolCode code = ToolCode.of("shipped.py", source, Trust.TRUSTED);
    Files.writeString(
        folder.resolve(LibraryRegistry.SHIPPED_SCHEMAS),
        SchemaCache.shippedText(
            List.of(
                SchemaCache.entry(
                    "shipped.py",
                    code,
                    new SchemaCache.Known(FakeSchemaReader.schema("shipped"), Optional.empty())))));
    reader.available = false;

    assertThat(open().catalog().find("shipped")).isPresent();
    assertThat(reader.reads).hasValue(0);
  }

  @Test
  void aDamagedCacheOnlyCostsTime() throws IOException {
    write("tool.py", "def tool(): ...");
    Files.createDirectories(cache);
    ToolCode code = ToolCode.of("tool.py", "def tool(): ...", Trust.TRUSTED);
    Files.writeString(cache.resolve(code.sha256() + ".json"), "{\"rules\": 1, ");
    Files.writeString(folder.resolve(LibraryRegistry.SHIPPED_SCHEMAS), "not JSON");

    LibraryRegistry registry = open();

    await().until(() -> registry.catalog().find("tool").isPresent());
  }

  @Test
  void whileNoWorkerAnswersAFileWaitsAndIsReadLater() throws IOException {
    reader.available = false;
    write("patient.py", "def patient(): ...");
    LibraryRegistry registry = open();
    await().until(() -> reader.reads.get() > 1);
    assertThat(file(registry, "patient.py").state()).isEqualTo(ToolFile.State.READING);

    reader.available = true;

    await().until(() -> registry.catalog().find("patient").isPresent());
  }

  @Test
  void ofTwoFilesWithOneToolNameTheFirstHasIt() throws IOException {
    write("a.py", "def same(): return 'a'");
    write("b.py", "def same(): return 'b'");

    LibraryRegistry registry = open();

    await().until(() -> file(registry, "b.py").state() == ToolFile.State.BROKEN);
    assertThat(registry.catalog().tools()).hasSize(1);
    assertThat(registry.catalog().find("same").orElseThrow().code().name()).isEqualTo("a.py");
    assertThat(file(registry, "b.py").problems().getFirst().text())
        .contains("is the tool of a.py already");
  }

  @Test
  void namesOfBuiltInToolsAreRefused() throws IOException {
    write("one.py", "def run_python(): ...");
    write("two.py", "def memory_undo(): ...");
    write("three.py", "def archival_search(): ...");

    LibraryRegistry registry = open();

    await()
        .until(() ->
            registry.catalog().files().stream()
                .allMatch(file -> file.state() == ToolFile.State.BROKEN));
    assertThat(registry.catalog().tools()).isEmpty();
    assertThat(registry.catalog().files().getFirst().problems().getFirst().text())
        .contains("belongs to a built-in tool");
  }

  @Test
  void hostileFilesAreRefusedByName() throws IOException {
    Path secret = Files.writeString(temporary.resolve("secret.py"), "def secret(): ...");
    Files.createSymbolicLink(folder.resolve("link.py"), secret);
    Files.writeString(folder.resolve("large.py"), "#".repeat(LibraryFolder.MAX_BYTES + 1));
    Files.write(folder.resolve("latin.py"), "# \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    write("bad-name.py", "def bad(): ...");
    Path open = Files.writeString(folder.resolve("open.py"), "def open_to_all(): ...");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.createDirectory(folder.resolve("folder.py"));
    write("_private.py", "def private(): ...");

    LibraryRegistry registry = open();

    assertThat(registry.catalog().tools()).isEmpty();
    assertThat(registry.catalog().files())
        .extracting(file -> file.fileName() + " " + file.problems().getFirst().message())
        .containsExactly(
            "bad-name.py the file's name is not allowed",
            "large.py the file is larger than 256 KiB",
            "latin.py the file is not UTF-8",
            "link.py it is no regular file",
            "open.py every user of this machine may change it, and it runs as trusted");
    assertThat(reader.reads).hasValue(0);
  }

  @Test
  void theHeaderShortensLimitsAndNamesTheTool() throws IOException {
    write(
        "quick.py",
        """
        # /// script
        # [tool.mneme]
        # title = "Quick one"
        # timeout = "2s"
        # read-only = false
        # ///
        def quick(): ...
        """);

    LibraryRegistry registry = open();

    await().until(() -> registry.catalog().find("quick").isPresent());
    LibraryTool tool = registry.catalog().find("quick").orElseThrow();
    assertThat(tool.title()).isEqualTo("Quick one");
    assertThat(tool.limits().wall()).isEqualTo(Duration.ofSeconds(2));
    assertThat(tool.limits().cpu()).isEqualTo(Duration.ofSeconds(2));
    assertThat(tool.hints().readOnly()).isFalse();
  }

  @Test
  void aFolderThatIsNotThereIsAnEmptyLibraryUntilItAppears() throws IOException {
    Files.delete(folder);
    LibraryRegistry registry = open();
    assertThat(registry.catalog().files()).isEmpty();

    Files.createDirectory(folder);
    write("late.py", "def late(): ...");

    await().until(() -> registry.catalog().find("late").isPresent());
  }

  private LibraryRegistry open() {
    LibraryRegistry registry =
        LibraryRegistry.open(folder, cache, reader, ToolLimits.DEFAULT, Duration.ofMillis(20));
    opened.add(registry);
    return registry;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static ToolFile file(LibraryRegistry registry, String name) {
    return registry.catalog().files().stream()
        .filter(file -> file.fileName().equals(name))
        .findFirst()
        .orElseGet(() -> new ToolFile(name, ToolFile.State.READING, Optional.empty(), List.of()));
  }
}
