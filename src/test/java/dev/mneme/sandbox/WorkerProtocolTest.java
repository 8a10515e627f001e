package dev.mneme.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mneme.sandbox.WorkerProtocol.ProtocolException;
import dev.mneme.tool.Trust;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerProtocolTest {
  @Test
  void aCallIsOneLine() {
    Work work = Work.of(ToolCalls.script(Trust.TRUSTED, "print('a')\nprint('☃')\n"));
    String line = new String(WorkerProtocol.call("c1", work), StandardCharsets.UTF_8);
    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(line)
        .contains("\"type\":\"call\"", "\"id\":\"c1\"", "\"kind\":\"script\"", "☃")
        .contains("\"source\":\"print('a')\\nprint(");
  }

  @Test
  void aResultIsRead() throws ProtocolException {
    assertThat(
            read(
                "{\"type\":\"result\",\"id\":\"c1\",\"status\":\"ok\",\"value\":\"[1]\","
                    + "\"stdout\":\"o\",\"stderr\":\"e\",\"dropped\":2,\"next\":\"retire\"}"))
        .isEqualTo(
            new WorkerMessage.Result(
                "c1", "ok", "[1]", "", "o", "e", 2, WorkerMessage.Next.RETIRE));
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] line = "{\"type\":\"ready\",\"left\":1,\"x\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    line[line.length - 3] = (byte) 0xff;
    assertThatThrownBy(() -> WorkerProtocol.read(line)).isInstanceOf(ProtocolException.class);
  }

  private static WorkerMessage read(String line) throws ProtocolException {
    return WorkerProtocol.read(line.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"type\":1}",
        "{\"type\":\"shutdown\"}",
        "{\"type\":\"ready\"}",
        "{\"type\":\"ready\",\"left\":\"1\"}",
        "{\"type\":\"result\",\"id\":\"c1\",\"status\":\"ok\"}",
        "{\"type\":\"ready\",\"left\":1}{\"type\":\"ready\",\"left\":1}",
        "{\"type\":\"ready\",\"type\":\"ready\",\"left\":1}",
        "Terminating due to java.lang.OutOfMemoryError"
      })
  void whatIsNotAMessageIsRefused(String line) {
    assertThatThrownBy(() -> read(line)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void linesAreBoundedAndUnfinishedOnesDropped() throws Exception {
    BoundedLines lines =
        new BoundedLines(
            new ByteArrayInputStream("one\n\ntwo☃\nunfinished".getBytes(StandardCharsets.UTF_8)),
            10);
    for (String line : List.of("one", "", "two☃")) {
      assertThat(lines.next()).hasValue(line.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(lines.next()).isEmpty();
    BoundedLines tooLong =
        new BoundedLines(
            new ByteArrayInputStream("x".repeat(11).getBytes(StandardCharsets.UTF_8)), 10);
    assertThatThrownBy(tooLong::next).hasMessageContaining("longer than 10 bytes");
  }

  @Test
  void processorTimeAndMemoryAreReadBehindAnyName() {
    String stat =
        "42 (java) x (y) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 20 0 1000 9999999 2560"
            + " 18446";
    WorkerConnection.Usage usage = ProcessUsage.parse(stat);
    assertThat(usage.cpu()).hasMillis(2_000);
    assertThat(usage.memory()).isEqualTo(2_560 * 4_096);
  }
}
