package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.common.MnemeException;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.mcp.server.resources.AppResources;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.MemoryHistory;
import dev.mneme.memory.MemoryText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code memory_view}: what an agent has in view, now or at an earlier sequence. */
final class ViewTool {
  private final BlockService blocks;
  private final MemoryHistory history;
  private final Callers callers;

  ViewTool(BlockService blocks, MemoryHistory history, Callers callers) {
    this.blocks = blocks;
    this.history = history;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(view(), show());
  }

  private McpTool show() {
    Inputs inputs = Inputs.of(Callers.AGENT);
    McpTool tool =
        new McpTool(
            "memory_show",
            "Show memory to the user",
            "Shows the user the memory and its latest changes on a page where they edit and undo,"
                + " in clients that can. For when the user wants to see or correct what you"
                + " remember; to read it yourself use memory_view.",
            inputs.schema(),
            Optional.of(output()),
            ToolAnnotations.READ,
            Icons.MEMORY,
            (context, given) -> view(context, inputs.read("memory_show", given)));
    return tool.shownBy(AppResources.MEMORY);
  }

  private McpTool view() {
    Inputs inputs =
        Inputs.of(
            Input.text("label", "Only this block. Leave out to see all.").optional(),
            Input.whole(
                    "as_of",
                    1,
                    Long.MAX_VALUE,
                    "As memory was at this sequence of memory_history. Leave out for now.")
                .optional(),
            Callers.AGENT);
    return new McpTool(
        "memory_view",
        "View memory",
        "Shows the memory: what you know about the user, the work and yourself. Call it at the"
            + " start of every task, before you answer from what you assume.",
        inputs.schema(),
        Optional.of(output()),
        ToolAnnotations.READ,
        Icons.MEMORY,
        (context, given) -> view(context, inputs.read("memory_view", given)));
  }

  private static ObjectNode output() {
    return Outputs.object()
        .text("agent")
        .text("memory")
        .list(
            "blocks",
            Outputs.object()
                .text("label")
                .text("description")
                .text("value")
                .whole("characters")
                .whole("limit")
                .flag("read_only")
                .whole("sequence")
                .schema())
        .schema();
  }

  private ToolReply view(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    OptionalLong asOf = arguments.whole("as_of");
    List<Block> all =
        asOf.isPresent()
            ? history.agentAsOf(context.owner(), agent.id(), asOf.getAsLong())
            : blocks.ofAgent(context.owner(), agent.id());
    Optional<String> label = arguments.optional("label");
    List<Block> shown =
        all.stream().filter(block -> label.isEmpty() || label.get().equals(block.label())).toList();
    if (label.isPresent() && shown.isEmpty()) {
      throw MnemeException.notFound(
          "unknown_block",
          "Agent '"
              + agent.name()
              + "' has no such block"
              + (asOf.isPresent() ? " at that sequence" : "")
              + "; it has "
              + String.join(", ", all.stream().map(Block::label).toList())
              + ".");
    }
    return reply(agent, shown);
  }

  private static ToolReply reply(Agent agent, List<Block> blocks) {
    String text = MemoryText.compile(blocks);
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("agent", agent.name());
    reply.put("memory", text);
    ArrayNode list = reply.putArray("blocks");
    for (Block block : blocks) {
      list.addObject()
          .put("label", block.label())
          .put("description", block.description())
          .put("value", block.value())
          .put("characters", block.length())
          .put("limit", block.limit())
          .put("read_only", block.readOnly())
          .put("sequence", block.sequence());
    }
    return ToolReply.of(reply);
  }
}
