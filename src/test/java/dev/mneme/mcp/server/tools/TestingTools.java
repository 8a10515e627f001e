package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.mneme.common.Json;
import dev.mneme.tool.Caller;
import dev.mneme.tool.Setup;
import dev.mneme.tool.ToolCatalog;
import dev.mneme.tool.ToolCheck;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A tool service without a sandbox: scripts answer with their own text, or fail when told to. */
final class TestingTools implements ToolService, ToolRegistry {
  @Override
  public ToolOutcome call(Caller caller, String name, ObjectNode arguments, ToolListener listener) {
    return new ToolOutcome.Success(arguments, "", "");
  }

  @Override
  public ToolOutcome runPython(Caller caller, String code, Setup setup, ToolListener listener) {
    listener.placed("docker", "worker-1", Duration.ZERO, Duration.ZERO);
    return code.startsWith("raise")
        ? new ToolOutcome.Failure(
            ToolOutcome.Reason.ERROR, "ValueError: no", "line 1: raise", "printed", "")
        : new ToolOutcome.Success(TextNode.valueOf(code), "printed", "");
  }

  @Override
  public ToolCheck check(String fileName, String source) {
    return new ToolCheck(Optional.empty(), List.of());
  }

  @Override
  public ToolCatalog catalog() {
    return ToolCatalog.EMPTY;
  }

  @Override
  public AutoCloseable onChange(Consumer<ToolCatalog> listener) {
    return () -> {};
  }

  static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }
}
