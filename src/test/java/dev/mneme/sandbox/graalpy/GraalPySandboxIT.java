package dev.mneme.sandbox.graalpy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mneme.common.Owner;
import dev.mneme.sandbox.HostCalls;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.Trust;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraalPySandboxIT {
  @Test
  void runsAFunction(@TempDir Path data) {
    try (GraalPySandbox sandbox =
        new GraalPySandbox(
            SandboxSettings.defaults(Path.of("").toAbsolutePath(), data), HostCalls.DENIED)) {
      ToolOutcome outcome =
          sandbox.call(
              new ToolCall(
                  Owner.DEFAULT,
                  ToolCode.of(
                      "add.py", "def add(a, b):\n  print('hi')\n  return a + b\n", Trust.TRUSTED),
                  Optional.of("add"),
                  JsonNodeFactory.instance.objectNode().put("a", 1).put("b", 2),
                  ToolLimits.DEFAULT,
                  ToolListener.NONE));
      assertThat(outcome)
          .isEqualTo(new ToolOutcome.Success(JsonNodeFactory.instance.numberNode(3), "hi\n", ""));
    }
  }
}
