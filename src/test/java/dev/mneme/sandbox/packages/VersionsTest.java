package dev.mneme.sandbox.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {
  @Test
  void versionsStandInTheOrderOfTheirMeaning() {
    List<String> order =
        List.of(
            "0.9",
            "1.0.dev3",
            "1.0a1.dev1",
            "1.0a1",
            "1.0a2",
            "1.0b1",
            "1.0rc1",
            "1.0",
            "1.0+local.1",
            "1.0.post1.dev2",
            "1.0.post1",
            "1.0.1",
            "1.2",
            "1.10",
            "2!0.1");
    List<Version> versions = order.stream().map(VersionsTest::version).toList();
    assertThat(versions.reversed().stream().sorted()).containsExactlyElementsOf(versions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0|1", "1.0-1|1.0.post1", "v1.0.ALPHA2|1.0a2", "1.0c1|1.0rc1"})
  void oneVersionHasManySpellings(String pair) {
    int bar = pair.indexOf('|');
    assertThat(version(pair.substring(0, bar))).isEqualTo(version(pair.substring(bar + 1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">=1.0,<2 | 1.5 | true",
        ">=1.0,<2 | 2.0 | false",
        "<2 | 2.0rc1 | false",
        ">1.0 | 1.0.post1 | false",
        "~=1.4.2 | 1.4.9 | true",
        "~=1.4.2 | 1.5 | false",
        "~=1.4 | 1.9 | true",
        "==1.4.* | 1.4.7 | true",
        "==1.4.* | 1.40 | false",
        "!=1.4.* | 1.4.7 | false",
        "==1.4 | 1.4.0 | true",
        "==1.4 | 1.4+cpu | true",
        "==1.4+gpu | 1.4+cpu | false",
        "!=1.5 | 1.5 | false",
      })
  void clausesAdmitWhatTheySay(String clauses, String version, boolean admitted) {
    assertThat(Versions.of(clauses).orElseThrow().admit(version(version))).isEqualTo(admitted);
  }

  @ParameterizedTest
  @ValueSource(strings = {">=", "=1.0", ">=1.*", "~=1", "==abc", "1.0"})
  void whatIsNoClauseIsNone(String text) {
    assertThat(Versions.of(text)).isEmpty();
  }

  @Test
  void requirementsAreReadAsTheyAreWritten() {
    Requirement need = Requirement.of("Foo.Bar_baz[Fast, x] (>=1,<2) ; python_version < '3.12'");
    assertThat(need.name()).isEqualTo("foo-bar-baz");
    assertThat(need.extras()).containsExactly("fast", "x");
    assertThat(need.versions().text()).isEqualTo(">=1,<2");
    assertThat(need.condition()).isEqualTo("python_version < '3.12'");
    assertThat(Stream.of("a @ https://example.com/a.whl", "../a", "", "-r x", "a b"))
        .allSatisfy(text -> assertThat(Requirement.find(text)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python_version < '3.12' | true",
        "python_version >= \"3.9\" and sys_platform == 'win32' | false",
        "(sys_platform == 'win32' or os_name == 'posix') and python_version > '3' | true",
        "extra == 'fast' | false",
        "platform_machine in 'x86_64 aarch64' | true",
        "'linux' not in sys_platform | false",
        "python_full_version == '3.11.*' | true",
        "not understood at all | true",
      })
  void conditionsAreMetOrNot(String text, boolean met) {
    Map<String, String> facts = new TargetPython(11, "3.11.2", "x86_64", 36).facts();
    assertThat(Condition.isMet(text, facts)).isEqualTo(met);
  }

  @ParameterizedTest
  @CsvSource({
    "py3-none-any,true",
    "py2.py3-none-any,true",
    "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64,true",
    "cp39-abi3-manylinux_2_28_x86_64,true",
    "cp312-abi3-manylinux_2_28_x86_64,false",
    "cp312-cp312-manylinux_2_17_x86_64,false",
    "cp311-cp311-manylinux_2_39_x86_64,false",
    "cp311-cp311-manylinux_2_17_aarch64,false",
    "cp311-cp311-musllinux_1_2_x86_64,false",
    "cp311-cp311-win_amd64,false",
    "py3-none-manylinux2014_x86_64,true",
    "py2-none-any,false",
  })
  void wheelsFitThePythonTheyAreFor(String tags, boolean fits) {
    List<String> parts = List.of(tags.split("-", -1));
    TargetPython target = new TargetPython(11, "3.11.2", "x86_64", 36);
    assertThat(target.fit(parts.get(0), parts.get(1), parts.get(2)) > 0).isEqualTo(fits);
  }

  private static Version version(String text) {
    return Version.of(text).orElseThrow();
  }
}
