package dev.mneme.mcp.server.legacy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mneme.mcp.server.Call;
import dev.mneme.mcp.server.methods.Params;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code logging/setLevel}: how much of what tools log a session wants to hear. */
final class LogLevels {
  private LogLevels() {}

  static Object set(Call call) {
    String name = Params.text(call.request().params(), "level");
    LoggingLevel level = find(name).orElseThrow(() -> Params.invalid("The level is " + names()));
    if (call.session().peer() instanceof SdkPeer peer) {
      peer.setLevel(level);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  static Optional<LoggingLevel> find(String name) {
    return Arrays.stream(LoggingLevel.values())
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private static String names() {
    return Arrays.stream(LoggingLevel.values())
        .map(level -> level.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", ", "one of ", "."));
  }
}
