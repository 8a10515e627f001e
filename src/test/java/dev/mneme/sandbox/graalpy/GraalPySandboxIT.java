package dev.mneme.sandbox.graalpy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mneme.common.Json;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.sandbox.TestModule;
import dev.mneme.sandbox.ToolBackendContract;
import dev.mneme.sandbox.ToolCalls;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolOutcome.Success;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by real worker processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GraalPySandboxIT extends ToolBackendContract {
  private GraalPySandbox sandbox;

  @BeforeAll
  void start(@TempDir Path data) {
    sandbox = new GraalPySandbox(PackagedWorkers.settings(data), HostCalls.DENIED);
    sandbox.warm();
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Override
  protected ToolBackend backend() {
    return sandbox;
  }

  @Test
  void aTestFileReportsEachTest() {
    TestModule module =
        new TestModule(
            "adder", ToolCode.of("adder.py", "def add(a, b):\n    return a + b\n", Trust.TRUSTED));
    Success success =
        (Success)
            sandbox.runTests(
                ToolCalls.script(
                    Trust.TRUSTED,
                    """
                    from adder import add

                    def test_adds():
                        assert add(1, 2) == 3

                    def test_fails():
                        assert add(1, 2) == 4, "one and two"
                    """),
                List.of(module));
    assertThat(success.value().at("/tests/0"))
        .isEqualTo(Json.parse("{\"name\":\"test_adds\",\"ok\":true}"));
    assertThat(success.value().at("/tests/1/ok").booleanValue()).isFalse();
    assertThat(success.value().at("/tests/1/message").textValue())
        .isEqualTo("AssertionError: one and two");
    assertThat(success.value().at("/tests/1/traceback").textValue())
        .contains("File \"tool.py\", line 7");
  }

  @Test
  void whatEarlierCallsLeftBehindDoesNotTakeTheMemoryOfTheNext() {
    String leaving = "import json, re, math, datetime, collections, statistics, csv, decimal\n1";
    String large = "len(bytearray(80_000_000))";
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 7; i++) {
        assertThat(value(script(leaving))).isEqualTo("1");
      }
      assertThat(value(script(large))).isEqualTo("80000000");
    }
  }

  @Test
  void asyncFunctionsThatWaitForNothingWork() {
    assertThat(
            value(
                ToolCalls.function(
                    Trust.TRUSTED,
                    """
                    async def half(n):
                        return n / 2

                    async def f(n):
                        return await half(n)
                    """,
                    "f",
                    "{\"n\":3}")))
        .isEqualTo("1.5");
  }
}
