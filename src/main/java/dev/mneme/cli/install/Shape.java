package dev.mneme.cli.install;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a client writes down an MCP server that it starts.
 *
 * @param section the key of the object that holds all servers
 * @param before members before the command, in order
 * @param tools whether the client wants to be told that all tools may be used
 */
record Shape(String section, Map<String, String> before, boolean tools) {
  static final Shape STANDARD = new Shape("mcpServers", Map.of(), false);
  static final Shape CLAUDE_CODE = new Shape("mcpServers", Map.of("type", "stdio"), false);
  static final Shape COPILOT = new Shape("mcpServers", Map.of("type", "local"), true);
  static final Shape VSCODE = new Shape("servers", Map.of("type", "stdio"), false);
  static final Shape ZED = new Shape("context_servers", Map.of("source", "custom"), false);
  static final Shape CODEX = new Shape("mcp_servers", Map.of(), false);

  Shape {
    before = Map.copyOf(before);
  }

  ObjectNode value(Entry entry) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(before).forEach(value::put);
    value.put("command", entry.command());
    entry.arguments().forEach(value.putArray("args")::add);
    if (tools) {
      value.putArray("tools").add("*");
    }
    return value;
  }

  /** A whole file that holds nothing else. */
  ObjectNode file(Entry entry) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.putObject(section).set(entry.name(), value(entry));
    return file;
  }
}
