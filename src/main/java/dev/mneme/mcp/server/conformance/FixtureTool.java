package dev.mneme.mcp.server.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolHandler;
import dev.mneme.mcp.server.catalog.ToolReply;
import java.util.List;
import java.util.Optional;

/** Makes tools that answer plain text. */
final class FixtureTool {
  private FixtureTool() {}

  static McpTool of(String name, String description, ToolHandler handler) {
    return of(name, description, schema(), handler);
  }

  static McpTool of(String name, String description, ObjectNode schema, ToolHandler handler) {
    return new McpTool(
        name,
        name,
        description,
        schema,
        Optional.empty(),
        ToolAnnotations.READ,
        List.of(),
        handler);
  }

  /** Of an object with these texts, all required. */
  static ObjectNode schema(String... texts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (String text : texts) {
      properties.putObject(text).put("type", "string");
      schema.withArrayProperty("required").add(text);
    }
    return schema;
  }

  static ToolReply text(String text) {
    return new ToolReply(Optional.empty(), text, false);
  }
}
