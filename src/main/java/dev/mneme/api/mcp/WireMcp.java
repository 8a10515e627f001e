package dev.mneme.api.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mneme.api.tools.ToolRunRoutes;
import dev.mneme.mcp.client.Definition;
import dev.mneme.mcp.client.ServerView;
import dev.mneme.mcp.client.config.Endpoint;
import dev.mneme.tool.ToolOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Servers and their answers as clients read them. What may be a secret is not shown. */
final class WireMcp {
  private static final String HIDDEN = "********";

  private WireMcp() {}

  record Ran(
      String status,
      Optional<JsonNode> funcReturn,
      List<String> stdout,
      List<String> stderr,
      Optional<String> agentState,
      Optional<String> sandboxConfigFingerprint) {
    static Ran of(ToolOutcome outcome) {
      return switch (outcome) {
        case ToolOutcome.Success done ->
            new Ran(
                "success",
                Optional.of(done.value()),
                ToolRunRoutes.lines(done.stdout()),
                ToolRunRoutes.lines(done.stderr()),
                Optional.empty(),
                Optional.empty());
        case ToolOutcome.Failure failure ->
            new Ran(
                "error",
                Optional.of(JsonNodeFactory.instance.textNode(failure.message())),
                List.of(),
                List.of(failure.message()),
                Optional.empty(),
                Optional.empty());
      };
    }
  }

  /** What a refresh changed. */
  record Refreshed(List<String> deleted, List<String> updated, List<String> added) {
    static Refreshed of(ServerView before, ServerView after) {
      Map<String, String> old = hashes(before);
      Map<String, String> now = hashes(after);
      List<String> updated = new ArrayList<>();
      now.forEach((name, hash) -> {
        if (old.containsKey(name) && !hash.equals(old.get(name))) {
          updated.add(name);
        }
      });
      return new Refreshed(less(old, now), updated, less(now, old));
    }

    private static List<String> less(Map<String, String> these, Map<String, String> those) {
      TreeSet<String> names = new TreeSet<>(these.keySet());
      names.removeAll(those.keySet());
      return List.copyOf(names);
    }

    private static Map<String, String> hashes(ServerView view) {
      Map<String, String> hashes = new TreeMap<>();
      view.tools().forEach(tool -> hashes.put(tool.tool(), tool.definition().sha256()));
      return hashes;
    }
  }

  static Map<String, @Nullable Object> server(ServerView view) {
    Map<String, @Nullable Object> wire = new LinkedHashMap<>();
    wire.put("id", view.id());
    wire.put("server_name", view.name());
    wire.putAll(config(view, "mcp_server_type"));
    wire.put("state", view.status().state().text());
    wire.put("state_reason", view.status().why());
    return wire;
  }

  /** The older form, which has no id. */
  static Map<String, @Nullable Object> older(ServerView view) {
    Map<String, @Nullable Object> wire = new LinkedHashMap<>();
    wire.put("server_name", view.name());
    wire.putAll(config(view, "type"));
    return wire;
  }

  /** A tool as its server describes it; the names of these fields are MCP's. */
  static Map<String, @Nullable Object> tool(Definition tool) {
    Map<String, @Nullable Object> wire = new LinkedHashMap<>();
    wire.put("name", tool.name());
    wire.put("title", tool.title());
    wire.put("description", tool.description());
    wire.put("inputSchema", tool.json().path("inputSchema"));
    return wire;
  }

  static List<Map<String, @Nullable Object>> tools(ServerView server) {
    return server.tools().stream().map(tool -> tool(tool.definition())).toList();
  }

  private static Map<String, @Nullable Object> config(ServerView view, String type) {
    Map<String, @Nullable Object> wire = new LinkedHashMap<>();
    switch (view.endpoint().orElse(null)) {
      case Endpoint.Stdio stdio -> {
        wire.put(type, "stdio");
        wire.put("command", stdio.command());
        wire.put("args", stdio.arguments());
        wire.put("env", hidden(stdio.environment()));
      }
      case Endpoint.Remote remote -> {
        wire.put(type, remote.kind() == Endpoint.Remote.Kind.SSE ? "sse" : "streamable_http");
        wire.put("server_url", remote.shown());
        wire.put("auth_header", null);
        wire.put("auth_token", null);
        wire.put("custom_headers", hidden(remote.headers()));
      }
      case null -> {
        wire.put(type, "stdio");
        wire.put("command", "");
        wire.put("args", List.of());
      }
    }
    return wire;
  }

  private static Map<String, String> hidden(Map<String, String> values) {
    Map<String, String> shown = new TreeMap<>();
    values.keySet().forEach(name -> shown.put(name, HIDDEN));
    return shown;
  }
}
