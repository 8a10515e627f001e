package dev.mneme.mcp.server.resources;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.agent.NamedAgents;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The blocks of all agents as resources. Thread-safe. */
public final class BlockResources implements ResourceSource {
  private static final String MARKDOWN = "text/markdown";

  private final AgentService agents;
  private final NamedAgents named;
  private final BlockService blocks;
  private final BlockWatch watch;

  public BlockResources(
      AgentService agents, NamedAgents named, BlockService blocks, BlockWatch watch) {
    this.named = named;
    this.agents = agents;
    this.blocks = blocks;
    this.watch = watch;
  }

  @Override
  public List<McpResource> list(Owner owner) {
    List<McpResource> all = new ArrayList<>();
    // A client that lists before its first call sees the memory it will get.
    named.defaultAgent(owner, Change.by("mneme", Origin.USER));
    for (Agent agent : agents.list(owner)) {
      for (Block block : blocks.ofAgent(owner, agent.id())) {
        all.add(
            new McpResource(
                new BlockUri(agent.name(), block.label()).text(),
                block.label(),
                "Memory of " + agent.name() + ": " + block.label(),
                block.description(),
                MARKDOWN));
      }
    }
    all.sort(Comparator.comparing(McpResource::uri));
    return all;
  }

  @Override
  public List<McpResourceTemplate> templates() {
    return List.of(
        new McpResourceTemplate(
            BlockUri.TEMPLATE,
            "memory_block",
            "A memory block of an agent",
            "The present text of one block. The agent is a name or an id; subscribe to hear of"
                + " every change.",
            MARKDOWN));
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    BlockUri address = BlockUri.parse(uri);
    Agent agent = agents.find(owner, address.agent()).orElseThrow(BlockUri::unknown);
    Block block =
        blocks.ofAgent(owner, agent.id()).stream()
            .filter(each -> each.label().equals(address.label()))
            .findFirst()
            .orElseThrow(BlockUri::unknown);
    return new ResourceText(address.text(), MARKDOWN, block.value());
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    return watch.add(listener);
  }
}
