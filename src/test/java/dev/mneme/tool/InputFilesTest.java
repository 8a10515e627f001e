package dev.mneme.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFilesTest {
  @Test
  void textAndBase64AreTheSameBytes() {
    InputFiles read =
        InputFiles.read(
            Json.parse(
                """
                [{"name": "a.txt", "text": "h\u00e9"}, {"name": "b/c.bin", "base64": "aMOp"}]
                """));
    assertThat(read.files())
        .containsExactly(new InputFile("a.txt", "aMOp"), new InputFile("b/c.bin", "aMOp"));
    assertThat(read.files().getFirst().bytes()).isEqualTo(3);
    assertThat(read.listing())
        .isEqualTo(
            Json.parse("[{\"name\":\"a.txt\",\"bytes\":3},{\"name\":\"b/c.bin\",\"bytes\":3}]"));
    assertThat(InputFiles.read(Json.parse("null"))).isEqualTo(InputFiles.NONE);
  }

  @Test
  void filesOfEarlierCallsAreNamedByTheirIds() {
    InputFiles read =
        InputFiles.read(Json.parse("[{\"from\":\"file-1\"},{\"name\":\"b\",\"from\":\"file-2\"}]"));
    assertThat(read.references())
        .containsExactly(new FileReference("", "file-1"), new FileReference("b", "file-2"));
    assertThat(read.isEmpty()).isFalse();
    assertThat(read.completed(wanted -> file(wanted.id(), 2)).files())
        .containsExactly(file("file-1", 2), file("file-2", 2));
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> read.completed(wanted -> file("same", 2)))
        .returns("invalid_file_name", MnemeException::code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../b",
        "a//b",
        "a/",
        "./a",
        "a\nb",
        "a\\b",
        "c:a",
        "a\0",
        "a\u2028b",
        "a\u0085QUJD /tmp/y",
        "\uD800"
      })
  void aNameThatLeadsOutIsRefused(String name) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> InputFile.text(name, "x"))
        .returns("invalid_file_name", MnemeException::code);
  }

  @Test
  void aNameMayNotBeTwiceNorAFolderAsWell() {
    refused(List.of(file("a", 1), file("a", 1)), "invalid_file_name", "a");
    refused(List.of(file("a", 1), file("a/b", 1)), "invalid_file_name", "a file and a folder");
  }

  @Test
  void eachLimitIsNamedWithItsValue() {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> file("big", 1_500_001))
        .returns("file_too_large", MnemeException::code)
        .withMessageContaining("1500001")
        .withMessageContaining("1500000");
    refused(Collections.nCopies(17, file("a", 1)), "too_many_files", "limit of 16");
    refused(
        List.of(
            file("a", 1_500_000),
            file("b", 1_500_000),
            file("c", 1_500_000),
            file("d", 1_500_000),
            file("e", 1)),
        "files_too_large",
        "6000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1]",
        "[{\"name\":\"a\"}]",
        "[{\"text\":\"a\"}]",
        "[{\"name\":\"a\",\"text\":\"b\",\"base64\":\"Yg==\"}]",
        "[{\"name\":\"a\",\"base64\":\"?\"}]",
        "[{\"name\":\"a\",\"text\":\"b\",\"mode\":7}]",
        "[{\"name\":\"a\",\"text\":\"b\",\"from\":\"file-1\"}]",
        "[{\"name\":1,\"from\":\"file-1\"}]",
        "[{\"name\":\"a\",\"from\":7}]"
      })
  void whatIsNoListOfFilesIsRefused(String given) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> InputFiles.read(Json.parse(given)))
        .returns("invalid_file", MnemeException::code);
  }

  private static InputFile file(String name, int bytes) {
    return InputFile.text(name, "x".repeat(bytes));
  }

  private static void refused(List<InputFile> files, String code, String says) {
    assertThatExceptionOfType(MnemeException.class)
        .isThrownBy(() -> new InputFiles(files))
        .returns(code, MnemeException::code)
        .withMessageContaining(says);
  }
}
