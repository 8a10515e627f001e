package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.mneme.common.ErrorKind;
import dev.mneme.common.Json;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.Icon;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.catalog.ToolSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tools/list} and {@code tools/call}. Thread-safe. */
public final class ToolMethods {
  private static final Logger log = LoggerFactory.getLogger(ToolMethods.class);

  /** Beside the result, because a tool's own schema has no room for it. */
  private static final String PLACE = "dev.mneme/sandbox";

  private record Listing(ToolSet tools, RawValue json) {}

  private final Catalog catalog;
  private final UnaryOperator<ObjectNode> finish;

  /** Made at the first request: most servers are asked in one era only. */
  private volatile @Nullable Listing listing;

  /**
   * @param finish adds what the era wants beside a list
   */
  public ToolMethods(Catalog catalog, UnaryOperator<ObjectNode> finish) {
    this.finish = finish;
    this.catalog = catalog;
  }

  public Object list(ObjectNode params) {
    Params.refuseCursor(params);
    ToolSet present = catalog.tools();
    Listing known = listing;
    if (known == null || known.tools() != present) {
      known = render(present);
      listing = known;
    }
    return known.json();
  }

  public ObjectNode call(ObjectNode params, CallContext context) {
    return result(reply(tool(params), context, Params.object(params, "arguments")));
  }

  /** The tool the params name. */
  public McpTool tool(ObjectNode params) {
    String name = Params.text(params, "name");
    return catalog
        .tools()
        .find(name)
        .orElseThrow(() ->
            Params.invalid("There is no tool '" + shorten(name) + "'; tools/list names all."));
  }

  private static ToolReply reply(McpTool tool, CallContext context, ObjectNode arguments) {
    try {
      return tool.handler().call(context, arguments);
    } catch (MnemeException e) {
      if (e.kind() == ErrorKind.INTERNAL) {
        log.error("the tool {} failed", tool.name(), e);
      }
      return ToolReply.error(e);
    }
  }

  /** What a tool answered, on the wire. */
  public static ObjectNode result(ToolReply reply) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode content = result.putArray("content");
    content.addObject().put("type", "text").put("text", reply.text());
    reply.files().forEach(file -> FileContents.add(file, content));
    reply.structured().ifPresent(structured -> result.set("structuredContent", structured));
    result.put("isError", reply.isError());
    reply.place().ifPresent(place -> result.putObject("_meta").put(PLACE, place));
    return result;
  }

  private Listing render(ToolSet tools) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode list = result.putArray("tools");
    tools.tools().forEach(tool -> render(tool, list.addObject()));
    return new Listing(tools, new RawValue(Json.write(finish.apply(result))));
  }

  private static void render(McpTool tool, ObjectNode node) {
    node.put("name", tool.name());
    node.put("title", tool.title());
    node.put("description", tool.description());
    node.set("inputSchema", tool.inputSchema());
    tool.outputSchema().ifPresent(schema -> node.set("outputSchema", schema));
    ToolAnnotations hints = tool.annotations();
    node.putObject("annotations")
        .put("title", tool.title())
        .put("readOnlyHint", hints.readOnly())
        .put("destructiveHint", hints.destructive())
        .put("idempotentHint", hints.idempotent())
        .put("openWorldHint", hints.openWorld());
    tool.app().ifPresent(app -> node.putObject("_meta").putObject("ui").put("resourceUri", app));
    if (!tool.icons().isEmpty()) {
      ArrayNode icons = node.putArray("icons");
      for (Icon icon : tool.icons()) {
        icons.addObject().put("src", icon.src()).put("mimeType", icon.mimeType());
      }
    }
  }

  private static String shorten(String name) {
    return Texts.shorten(name, 80);
  }
}
