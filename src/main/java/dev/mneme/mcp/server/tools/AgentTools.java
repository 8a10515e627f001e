package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.NamedAgents;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolAnnotations;
import dev.mneme.mcp.server.catalog.ToolReply;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import java.util.List;
import java.util.Optional;

/** Agents: separate memories under names. */
final class AgentTools {
  private static final ObjectNode AGENT =
      Outputs.object()
          .text("id")
          .text("name")
          .text("description")
          .texts("tags")
          .texts("blocks")
          .text("created_at")
          .schema();

  private final AgentService agents;
  private final NamedAgents named;
  private final BlockService blocks;
  private final Callers callers;

  AgentTools(AgentService agents, NamedAgents named, BlockService blocks, Callers callers) {
    this.agents = agents;
    this.named = named;
    this.blocks = blocks;
    this.callers = callers;
  }

  List<McpTool> tools() {
    return List.of(list(), create(), share());
  }

  private McpTool list() {
    Inputs inputs = Inputs.of();
    return new McpTool(
        "agent_list",
        "List agents",
        "Lists the agents, each with a memory of its own. Most users have only the default agent.",
        inputs.schema(),
        Optional.of(Outputs.object().list("agents", AGENT).schema()),
        ToolAnnotations.READ,
        Icons.AGENT,
        (context, given) -> {
          inputs.read("agent_list", given);
          ObjectNode reply = JsonNodeFactory.instance.objectNode();
          ArrayNode list = reply.putArray("agents");
          agents.list(context.owner()).forEach(agent -> describe(context, agent, list.addObject()));
          return ToolReply.of(reply);
        });
  }

  private McpTool create() {
    Inputs inputs =
        Inputs.of(
            Input.text("name", "A name no other agent has."),
            Input.text("description", "What this agent is for.").optional(),
            Input.texts("tags", "Words to group agents by.").optional(),
            Callers.RUN);
    return new McpTool(
        "agent_create",
        "Create an agent",
        "Makes an agent: a separate memory under a name, beginning with the blocks persona and"
            + " human, which can also be talked to. For work that should not mix with the rest,"
            + " such as another client or role.",
        inputs.schema(),
        Optional.of(AGENT),
        ToolAnnotations.ADD,
        Icons.AGENT,
        (context, given) -> {
          Arguments arguments = inputs.read("agent_create", given);
          AgentDraft draft =
              AgentDraft.named(arguments.text("name"))
                  .describedAs(arguments.optional("description").orElse(""))
                  .withTags(arguments.texts("tags"));
          Agent agent =
              named.createUnique(context.owner(), draft, Callers.change(context, arguments));
          ObjectNode reply = JsonNodeFactory.instance.objectNode();
          describe(context, agent, reply);
          return ToolReply.of(reply);
        });
  }

  private McpTool share() {
    Inputs inputs =
        Inputs.of(
            Input.text("label", "Which block of the agent."),
            Input.text("with_agent", "The agent to share it with: its name or id."),
            Callers.AGENT,
            Callers.RUN);
    return new McpTool(
        "memory_share",
        "Share a memory block",
        "Attaches an agent's memory block to another agent too. Both then see and edit the same"
            + " text.",
        inputs.schema(),
        Optional.of(Outputs.object().text("label").text("block_id").texts("agents").schema()),
        new ToolAnnotations(false, false, true, false),
        Icons.AGENT,
        (context, given) -> share(context, inputs.read("memory_share", given)));
  }

  private ToolReply share(CallContext context, Arguments arguments) {
    Agent agent = callers.agent(context, arguments);
    Agent other = agents.get(context.owner(), arguments.text("with_agent"));
    Block block = blocks.byLabel(context.owner(), agent.id(), arguments.text("label"));
    agents.attachBlock(context.owner(), other.id(), block.id(), Callers.change(context, arguments));
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.put("label", block.label()).put("block_id", block.id());
    reply.putArray("agents").add(agent.name()).add(other.name());
    return ToolReply.of(reply);
  }

  private void describe(CallContext context, Agent agent, ObjectNode node) {
    node.put("id", agent.id());
    node.put("name", agent.name());
    node.put("description", agent.description());
    ArrayNode tags = node.putArray("tags");
    agent.tags().forEach(tags::add);
    ArrayNode labels = node.putArray("blocks");
    blocks.ofAgent(context.owner(), agent.id()).forEach(block -> labels.add(block.label()));
    node.put("created_at", agent.createdAt().toString());
  }
}
