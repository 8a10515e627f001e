package dev.mneme.mcp.server.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentDraft;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.AgentCatalogs;
import dev.mneme.mcp.server.catalog.CallContext;
import dev.mneme.mcp.server.catalog.Catalog;
import dev.mneme.mcp.server.catalog.Completer;
import dev.mneme.mcp.server.catalog.Listing;
import dev.mneme.mcp.server.catalog.McpPrompt;
import dev.mneme.mcp.server.catalog.McpTool;
import dev.mneme.mcp.server.catalog.ToolHandler;
import dev.mneme.mcp.server.catalog.ToolSource;
import dev.mneme.mcp.server.resources.OneAgentResources;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.HistoryEntry;
import dev.mneme.memory.journal.HistoryQuery;
import dev.mneme.memory.journal.Origin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a client gets that is connected to one agent: the tools about that agent's memory, without
 * the argument that would name another, the tools attached to it, and its resources. Thread-safe.
 */
public final class OneAgent implements AgentCatalogs {
  private static final String AGENT = "agent";
  private static final String UNDO = "memory_undo";

  /** Those that take an agent and touch no other; what names a passage or a run is left out. */
  private static final Set<String> TOOLS =
      Set.of(
          "memory_view",
          "memory_show",
          "core_memory_append",
          "core_memory_replace",
          "memory_insert",
          "memory_replace",
          "memory_rethink",
          "memory_apply_patch",
          "memory",
          "archival_insert",
          "archival_search",
          "memory_history",
          UNDO,
          "turn_open",
          "turn_commit",
          "turn_cancel",
          "send_message");

  private final Catalog all;
  private final Services services;
  private final AttachedTools attached;
  private final Listing listing;

  /**
   * @param all what clients get that are connected to no agent
   */
  public OneAgent(Catalog all, Services services, AttachedTools attached, Listing listing) {
    this.listing = listing;
    this.all = all;
    this.services = services;
    this.attached = attached;
  }

  @Override
  public Optional<String> find(Owner owner, String agent) {
    return services.agents().find(owner, agent).map(Agent::id);
  }

  @Override
  public String named(Owner owner, String agent) {
    return find(owner, agent).orElseGet(() -> made(owner, agent));
  }

  private String made(Owner owner, String agent) {
    try {
      return services
          .named()
          .createUnique(owner, AgentDraft.named(agent), Change.by("mcp", Origin.USER))
          .id();
    } catch (MnemeException e) {
      // Another window may have been faster.
      return find(owner, agent).orElseThrow(() -> e);
    }
  }

  @Override
  public Catalog of(Owner owner, String agentId) {
    Agent agent = services.agents().get(owner, agentId);
    Stream<McpTool> own =
        all.tools().tools().stream()
            .filter(tool -> TOOLS.contains(tool.name()))
            .map(tool -> about(agentId, tool));
    return new Catalog(
        own.toList(),
        ToolSource.of(attached.of(owner, agent)),
        new OneAgentResources(all.resources(), services.agents(), services.archives(), agentId),
        all.prompts().stream().map(OneAgent::withoutAgent).toList(),
        completer(agent),
        listing);
  }

  private McpTool about(String agentId, McpTool tool) {
    ObjectNode schema = tool.inputSchema().deepCopy();
    if (schema.path("properties") instanceof ObjectNode properties) {
      properties.remove(AGENT);
      if (tool.name().equals(UNDO)) {
        properties.remove(List.of("run", "source"));
      }
    }
    return new McpTool(
        tool.name(),
        tool.title(),
        tool.description(),
        schema,
        tool.outputSchema(),
        tool.annotations(),
        tool.icons(),
        tool.app(),
        tool.scope(),
        guarded(agentId, tool));
  }

  private ToolHandler guarded(String agentId, McpTool tool) {
    return (context, arguments) -> {
      if (arguments.has(AGENT)) {
        throw MnemeException.invalid(
            "unknown_argument", "This address is of one agent; leave out 'agent'.");
      }
      if (tool.name().equals(UNDO)) {
        requireOwnEdit(context, agentId, arguments);
      }
      return tool.handler().call(context, arguments);
    };
  }

  private void requireOwnEdit(CallContext context, String agentId, ObjectNode arguments) {
    if (arguments.has("run") || arguments.has("source")) {
      throw MnemeException.invalid(
          "unknown_argument",
          "Here single edits are taken back, by 'sequence', or the last of this session.");
    }
    long sequence = arguments.path("sequence").asLong();
    if (sequence > 0) {
      List<HistoryEntry> found =
          services
              .history()
              .ofAgent(context.owner(), agentId, HistoryQuery.all(1).before(sequence + 1));
      if (found.isEmpty() || found.getFirst().entry().sequence() != sequence) {
        throw MnemeException.notFound(
            "unknown_sequence",
            "The history of this agent has no entry " + sequence + "; memory_history shows it.");
      }
    }
  }

  private static McpPrompt withoutAgent(McpPrompt prompt) {
    return new McpPrompt(
        prompt.name(),
        prompt.title(),
        prompt.description(),
        prompt.arguments().stream().filter(argument -> !argument.name().equals(AGENT)).toList(),
        prompt.content());
  }

  private Completer completer(Agent agent) {
    return (owner, argument, typed, others) ->
        switch (argument) {
          case AGENT -> List.of(agent.name());
          case "label" -> {
            Map<String, String> fixed = new HashMap<>(others);
            fixed.put(AGENT, agent.id());
            yield all.completer().complete(owner, argument, typed, fixed);
          }
          case "archive" ->
              services.archives().ofAgent(owner, agent.id()).stream()
                  .map(archive -> archive.id())
                  .filter(id -> id.startsWith(typed))
                  .toList();
          default -> List.of();
        };
  }
}
