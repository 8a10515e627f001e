package dev.mneme.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole product with one more tool, which does nothing; for benches. */
final class NoopServer {
  private NoopServer() {}

  public static void main(String[] arguments) {
    Config config =
        Config.load(Map.of("server.port", arguments[0], "data", arguments[1]), System.getenv());
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    McpTool noop =
        new McpTool(
            "noop",
            "Nothing",
            "Does nothing.",
            schema,
            Optional.empty(),
            ToolAnnotations.READ,
            List.of(),
            (context, given) -> new ToolReply(Optional.empty(), "ok", false));
    Mneme.start(config, Role.SERVE, () -> {}, List.of(noop));
  }
}
