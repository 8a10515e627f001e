package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.tool.LibraryTool;
import dev.mneme.tool.PythonStub;
import dev.mneme.tool.ToolRegistry;
import dev.mneme.tool.ToolShelf;
import dev.mneme.tool.WordMatch;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code search_tools}: the functions that a script may call, as Python that a model can read. */
final class FindTools {
  private static final int MOST = 20;
  private static final int USUAL = 5;

  private FindTools() {}

  static McpTool of(ToolRegistry library) {
    Inputs inputs =
        Inputs.of(
            Input.text("query", "Words of what you want to do; left out: the first tools of all.")
                .optional(),
            Input.whole("limit", 1, MOST, "How many at most; " + USUAL + " by default.")
                .optional());
    return new McpTool(
        ToolShelf.SEARCH,
        "Search tools",
        "Finds the functions that a script of run_python can call as mneme.tools.NAME(...), and"
            + " shows each as a Python signature. Use both instead of many single calls: only what"
            + " the script prints or ends with comes back.",
        inputs.schema(),
        Optional.of(foundSchema()),
        new ToolAnnotations(true, false, true, false),
        Icons.TOOL,
        (context, given) -> {
          Arguments arguments = inputs.read(ToolShelf.SEARCH, given);
          return reply(
              library,
              WordMatch.of(arguments.optional("query").orElse("")),
              arguments.whole("limit", USUAL));
        });
  }

  /** The form of what any search for tools finds. */
  static ObjectNode foundSchema() {
    return Outputs.object()
        .list("tools", Outputs.object().text("name").text("signature").schema())
        .whole("total")
        .schema();
  }

  private static ToolReply reply(ToolRegistry library, WordMatch match, int limit) {
    List<LibraryTool> fitting =
        library.catalog().tools().stream()
            .filter(tool -> tool.identity().readOnly())
            .filter(tool -> match.fits(tool.name(), tool.description()))
            .sorted(Comparator.comparingInt(tool -> -match.score(tool.name(), tool.description())))
            .toList();
    List<LibraryTool> shown = fitting.subList(0, Math.min(limit, fitting.size()));
    ObjectNode structured = JsonNodeFactory.instance.objectNode();
    ArrayNode tools = structured.putArray("tools");
    shown.forEach(
        tool -> tools.addObject().put("name", tool.name()).put("signature", PythonStub.of(tool)));
    structured.put("total", fitting.size());
    String text =
        shown.isEmpty()
            ? "No tool fits these words; try others, or none to see what there is."
            : shown.stream().map(PythonStub::of).collect(Collectors.joining("\n\n"));
    return ToolReply.of(structured, text);
  }
}
