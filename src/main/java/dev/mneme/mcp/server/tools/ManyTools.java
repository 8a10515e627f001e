package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.Listing;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.Scope;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.tool.ShelfCall;
import dev.mneme.tool.ShelfTexts;
import dev.mneme.tool.ToolCard;
import dev.mneme.tool.ToolShelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lists tools that come and go by their schemas while they are few. Of more, clients get {@code
 * search_tools} and {@code call_tool} instead. Immutable.
 */
public final class ManyTools implements Listing {
  private static final ToolAnnotations ANYTHING = new ToolAnnotations(false, true, false, true);

  private final int most;

  /**
   * @param most so many are listed by their schemas
   */
  public ManyTools(int most) {
    this.most = most;
  }

  @Override
  public List<McpTool> of(List<McpTool> fixed, List<McpTool> dynamic) {
    // What a token has to allow is looked up for the tool that is named: call_tool has one scope.
    List<McpTool> many = dynamic.stream().filter(tool -> tool.scope() == Scope.TOOLS).toList();
    if (many.size() <= most) {
      return WHOLE.of(fixed, dynamic);
    }
    ToolShelf shelf = new ToolShelf(many.stream().map(ManyTools::card).toList());
    List<McpTool> listed = new ArrayList<>();
    fixed.stream().filter(tool -> !tool.name().equals(ToolShelf.SEARCH)).forEach(listed::add);
    dynamic.stream().filter(tool -> tool.scope() != Scope.TOOLS).forEach(listed::add);
    boolean scripts = fixed.stream().anyMatch(tool -> tool.name().equals(PythonTool.NAME));
    listed.add(search(shelf, many, scripts));
    listed.add(call(shelf, many, List.copyOf(listed)));
    return listed;
  }

  private static ToolCard card(McpTool tool) {
    return new ToolCard(
        tool.name(),
        tool.description(),
        tool.inputSchema(),
        tool.outputSchema().filter(schema -> !schema.equals(LibraryTools.ANY_RESULT)));
  }

  private static McpTool search(ToolShelf shelf, List<McpTool> dynamic, boolean scripts) {
    List<String> callable =
        scripts
            ? dynamic.stream()
                .filter(tool -> tool.annotations().readOnly())
                .map(McpTool::name)
                .toList()
            : List.of();
    Inputs inputs =
        Inputs.of(
            Input.text("query", ShelfTexts.QUERY).optional(),
            Input.whole("limit", 1, ShelfTexts.MOST, ShelfTexts.LIMIT).optional());
    return new McpTool(
        ToolShelf.SEARCH,
        "Search tools",
        ShelfTexts.search(shelf)
            + (callable.isEmpty()
                ? ""
                : " Those that only read can also be called in scripts of run_python, as"
                    + " mneme.tools.NAME(...)."),
        inputs.schema(),
        Optional.of(FindTools.foundSchema()),
        new ToolAnnotations(true, false, true, false),
        Icons.TOOL,
        (_, arguments) -> {
          inputs.read(ToolShelf.SEARCH, arguments);
          return found(shelf, arguments, callable);
        });
  }

  private static ToolReply found(ToolShelf shelf, ObjectNode arguments, List<String> callable) {
    List<ToolCard> found = ShelfTexts.find(shelf, arguments);
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    ArrayNode tools = structured.putArray("tools");
    found.forEach(
        card -> tools.addObject().put("name", card.name()).put("signature", card.signature()));
    structured.put("total", shelf.size());
    String inScripts =
        found.stream()
            .map(ToolCard::name)
            .filter(callable::contains)
            .collect(Collectors.joining(", "));
    return ToolReply.of(
        structured,
        ShelfTexts.found(shelf, found)
            + (inScripts.isEmpty() ? "" : "\n\nIn scripts too: " + inScripts));
  }

  private static McpTool call(ToolShelf shelf, List<McpTool> dynamic, List<McpTool> fixed) {
    Map<String, McpTool> tools =
        dynamic.stream().collect(Collectors.toMap(McpTool::name, Function.identity()));
    List<String> listed = fixed.stream().map(McpTool::name).toList();
    return new McpTool(
        ToolShelf.CALL,
        "Call a tool",
        ShelfTexts.CALL,
        ShelfTexts.callSchema(),
        Optional.empty(),
        ANYTHING,
        Icons.TOOL,
        (context, arguments) -> {
          ShelfCall call = ShelfCall.of(arguments);
          McpTool tool = tools.get(call.name());
          if (tool == null) {
            return ToolReply.error(
                "Error (unknown_tool): "
                    + (listed.contains(call.name()) || call.name().equals(ToolShelf.CALL)
                        ? call.name() + " is listed: call it by its own name."
                        : shelf.near(call.name())));
          }
          return reply(context, tool, shelf.card(call.name()).orElseThrow(), call.arguments());
        });
  }

  /** What the tool itself would answer, and its schema where it was called wrongly. */
  private static ToolReply reply(
      CallContext context, McpTool tool, ToolCard card, ObjectNode arguments) {
    ToolReply reply;
    try {
      reply = tool.handler().call(context, arguments);
    } catch (MnemeException e) {
      if (e.code().equals("invalid_arguments")) {
        return ToolReply.error(ToolReply.error(e).text() + "\n" + card.hint());
      }
      throw e;
    }
    return reply.isError() && card.refuses(arguments)
        ? ToolReply.error(reply.text() + "\n" + card.hint()).ranIn(reply.place())
        : reply;
  }
}
