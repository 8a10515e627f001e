package dev.mneme.sandbox.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From requirements to files, with wheels of our own. */
class WheelSetTest {
  private static final TargetPython TARGET = new TargetPython(11, "3.11.2", "x86_64", 36);

  @TempDir Path folder;
  private TestingWheels wheels;

  @BeforeEach
  void open() {
    wheels = new TestingWheels(folder);
  }

  @Test
  void theNewestThatFitsIsTakenWithAllItNeeds() {
    wheels.plain("greet", "1.0");
    wheels.plain(
        "greet", "1.4", "Requires-Dist: words (>=2,<3)", "Requires-Dist: nt; os_name == 'nt'");
    wheels.plain("greet", "2.0");
    wheels.plain("words", "2.5", "Requires-Dist: letters; extra == 'all'");
    wheels.plain("words", "3.0");
    assertThat(resolve("Greet<2").names()).containsExactly("greet 1.4", "words 2.5");
  }

  @Test
  void extrasBringWhatTheyAreFor() {
    wheels.plain(
        "words", "2.5", "Requires-Dist: letters>=1; extra == 'all'", "Provides-Extra: all");
    wheels.plain("letters", "1.1", "Requires-Dist: words");
    assertThat(resolve("words[all]").names()).containsExactly("letters 1.1", "words 2.5");
    assertThat(resolve("words").names()).containsExactly("words 2.5");
  }

  @Test
  void whatOthersNeedBoundsTheChoice() {
    wheels.plain("base", "1.0");
    wheels.plain("base", "2.0");
    wheels.plain("careful", "1.0", "Requires-Dist: base<2");
    assertThat(resolve("base", "careful").names()).containsExactly("base 1.0", "careful 1.0");
    assertThatThrownBy(() -> resolve("base>=2", "careful"))
        .hasMessage(
            "No version of base fits: the tool needs base>=2, careful 1.0 needs base<2; there is"
                + " 1.0, 2.0.");
  }

  @Test
  void preReleasesAndOtherPythonsAreNotTakenUnasked() {
    wheels.plain("base", "1.0");
    wheels.plain("base", "1.1rc1");
    wheels.plain("base", "1.2", "Requires-Python: >=3.13");
    assertThat(resolve("base").names()).containsExactly("base 1.0");
    assertThat(resolve("base>=1.1rc1").names()).containsExactly("base 1.1rc1");
  }

  @Test
  void nativeCodeForThisPythonComesBeforePlainPython() {
    wheels.plain("quick", "1.0");
    Path fast =
        wheels.wheel(
            "quick",
            "1.0",
            "cp311-cp311-manylinux_2_17_x86_64",
            List.of(),
            Map.of("quick/fast.so", "ELF"));
    assertThat(fast).exists();
    assertThat(unpack("quick")).containsKey("quick/fast.so");
  }

  @Test
  void aPackageThatIsNotThereIsNamedWithWhoNeedsIt() {
    wheels.plain("greet", "1.0", "Requires-Dist: words");
    wheels.wheel("other", "1.0", "cp313-cp313-win_amd64", List.of(), Map.of());
    assertThatThrownBy(() -> resolve("greet"))
        .hasMessageContaining("words, which greet 1.0 needs, cannot be had: there is no wheel");
    assertThatThrownBy(() -> resolve("other"))
        .hasMessageContaining("none of its wheels is for Python 3.11.2 on x86_64");
    assertThatThrownBy(() -> resolve("https://example.com/x.whl"))
        .hasMessageContaining("names no package");
  }

  @Test
  void filesArePutWhereTheyBelong() {
    wheels.wheel(
        "thing",
        "1.0",
        "py3-none-any",
        List.of(),
        Map.of(
            "thing/__init__.py", "x = 1",
            "thing/data/a,b.txt", "text",
            "thing-1.0.data/purelib/side.py", "y = 2",
            "thing-1.0.data/scripts/thing", "#!python",
            "startup.pth", "import evil"));
    assertThat(unpack("thing").keySet())
        .containsExactlyInAnyOrder(
            "thing/__init__.py",
            "thing/data/a,b.txt",
            "side.py",
            "thing-1.0.dist-info/METADATA",
            "thing-1.0.dist-info/RECORD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../out.py", "/etc/passwd", "a/../../b.py", "a\\b.py", "a//b.py", "./a.py"})
  void namesThatLeadElsewhereAreRefused(String name) {
    wheels.wheel("evil", "1.0", "py3-none-any", List.of(), Map.of(name, "x"));
    assertThatThrownBy(() -> unpack("evil")).hasMessageContaining("it has a file with the name");
  }

  @Test
  void everyFileIsCheckedAgainstTheRecord() throws IOException {
    String info = "forged-1.0.dist-info/";
    Map<String, String> content = new LinkedHashMap<>();
    content.put("forged.py", "changed");
    content.put(info + "METADATA", "Name: forged\n");
    content.put(
        info + "RECORD",
        "forged.py,sha256="
            + TestingWheels.hash("as it was")
            + ",9\n"
            + info
            + "METADATA,sha256="
            + TestingWheels.hash("Name: forged\n")
            + ",9\n");
    Path file = folder.resolve("forged-1.0-py3-none-any.whl");
    TestingWheels.zip(file, content);
    assertThatThrownBy(() -> unpack("forged"))
        .hasMessageContaining("the hash of forged.py is another one");
    content.put(info + "RECORD", "");
    TestingWheels.zip(file, content);
    assertThatThrownBy(() -> unpack("forged")).hasMessageContaining("has no hash of forged.py");
    Files.writeString(file, "no zip at all");
    assertThatThrownBy(() -> unpack("forged")).hasMessageContaining("cannot be used");
  }

  @Test
  void theSameRequirementsAreWrittenInOneWay() {
    assertThat(
            Requirements.normal(
                List.of("Zope.Thing [ b,A ] >= 1 , <2", "words", " WORDS ", "a (==1.0)")))
        .containsExactly("a==1.0", "words", "zope-thing[a,b]<2,>=1")
        .isEqualTo(
            Requirements.normal(
                List.of("a == 1.0", "Words", "zope_thing[a,b,b]<2,>=1", "zope-thing[B,a]<2,>= 1")));
    assertThat(Requirements.normal(List.of("w;python_version  < '3.12'")))
        .containsExactly("w; python_version < '3.12'");
    assertThatThrownBy(() -> Requirements.normal(List.of("a b")))
        .hasMessageContaining("no package");
  }

  @Test
  void aLargeFileIsNeverHeldAsAWhole() throws IOException {
    Path file = folder.resolve("huge-1.0-py3-none-any.whl");
    TestingWheels.large(file, "huge", 400 << 20);
    long[] most = {0};
    long bytes =
        resolve("huge")
            .unpack((path, size) ->
                new OutputStream() {
                  @Override
                  public void write(int one) {}

                  @Override
                  public void write(byte[] piece, int from, int count) {
                    most[0] = Math.max(most[0], count);
                  }
                });
    assertThat(bytes).isGreaterThan(400L << 20);
    assertThat(most[0]).isBetween(1L, 1L << 20);
  }

  @Test
  void twoPackagesCannotHaveTheSameFile() {
    wheels.wheel("one", "1.0", "py3-none-any", List.of(), Map.of("same.py", "1"));
    wheels.wheel("two", "1.0", "py3-none-any", List.of(), Map.of("same.py", "2"));
    assertThatThrownBy(() -> unpack("one", "two")).hasMessageContaining("same.py");
  }

  private WheelSet resolve(String... asked) {
    return new Resolver(WheelFolder.read(folder), TARGET).resolve(List.of(asked));
  }

  private Map<String, String> unpack(String... asked) {
    Map<String, String> files = new LinkedHashMap<>();
    try {
      resolve(asked)
          .unpack((path, size) ->
              new ByteArrayOutputStream() {
                @Override
                public void close() {
                  assertThat(size()).isEqualTo((int) size);
                  files.put(path, toString(StandardCharsets.UTF_8));
                }
              });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }
}
