package dev.mneme.mcp.server.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One tool as every protocol era shows it.
 *
 * @param name at most 64 characters, so that clients that add a prefix stay within their limits
 * @param inputSchema JSON Schema of type object; not to be changed
 * @param outputSchema of the structured reply, where there is one; not to be changed
 * @param app the resource that a client may show for its result
 * @param scope what a token has to allow
 */
public record McpTool(
    String name,
    String title,
    String description,
    ObjectNode inputSchema,
    Optional<ObjectNode> outputSchema,
    ToolAnnotations annotations,
    List<Icon> icons,
    Optional<String> app,
    Scope scope,
    ToolHandler handler) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public McpTool {
    if (!NAME.matcher(name).matches()) {
      throw MnemeException.invalid(
          "invalid_tool_name",
          "A tool name has 1 to 64 letters, digits, '_', '-' or '.', which '"
              + name
              + "' has not.");
    }
    icons = List.copyOf(icons);
  }

  /** A tool that a token for running tools is good for, and whose result is shown as it is. */
  public McpTool(
      String name,
      String title,
      String description,
      ObjectNode inputSchema,
      Optional<ObjectNode> outputSchema,
      ToolAnnotations annotations,
      List<Icon> icons,
      ToolHandler handler) {
    this(
        name,
        title,
        description,
        inputSchema,
        outputSchema,
        annotations,
        icons,
        Optional.empty(),
        Scope.TOOLS,
        handler);
  }

  /** The same tool for tokens that allow something else. */
  public McpTool in(Scope other) {
    return with(app, other);
  }

  /** The same tool, whose result a client may show as this resource does. */
  public McpTool shownBy(String resource) {
    return with(Optional.of(resource), scope);
  }

  private McpTool with(Optional<String> shown, Scope other) {
    return new McpTool(
        name,
        title,
        description,
        inputSchema,
        outputSchema,
        annotations,
        icons,
        shown,
        other,
        handler);
  }
}
