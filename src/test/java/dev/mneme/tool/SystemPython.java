package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Calls functions in a new process of the machine's own python3, for tests where it exists. */
final class SystemPython implements ToolBackend {
  private static final String MAIN =
      """
      import json, sys
      given = json.load(sys.stdin)
      import types
      module = types.ModuleType("__tool__")
      sys.modules["__tool__"] = module
      exec(compile(given["source"], "tool.py", "exec"), module.__dict__)
      print(json.dumps(getattr(module, given["function"])(**given["arguments"])))
      """;

  static boolean exists() {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import sys; assert sys.version_info >= (3, 11)")
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public ToolOutcome call(ToolCall call) {
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    given.put("source", call.code().source()).put("function", call.function().orElseThrow());
    given.set("arguments", call.arguments());
    try {
      Process process =
          new ProcessBuilder("python3", "-I", "-c", MAIN)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(Json.write(given).getBytes(StandardCharsets.UTF_8));
      }
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.isEmpty()
          ? new ToolOutcome.Failure(ToolOutcome.Reason.ERROR, "it failed", "", "", "")
          : new ToolOutcome.Success(Json.parse(answer), "", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
