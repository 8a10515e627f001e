package dev.mneme.mcp.server.resources;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.Completer;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Completes agents and labels. Thread-safe. */
public final class MemoryCompleter implements Completer {
  private final AgentService agents;
  private final BlockService blocks;

  public MemoryCompleter(AgentService agents, BlockService blocks) {
    this.agents = agents;
    this.blocks = blocks;
  }

  @Override
  public List<String> complete(
      Owner owner, String argument, String typed, Map<String, String> others) {
    Stream<String> known =
        switch (argument) {
          case "agent" -> agents.list(owner).stream().map(Agent::name);
          case "label" -> labels(owner, others.getOrDefault("agent", ""));
          default -> Stream.empty();
        };
    String start = typed.toLowerCase(Locale.ROOT);
    return known
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(start))
        .distinct()
        .sorted()
        .toList();
  }

  private Stream<String> labels(Owner owner, String agent) {
    Stream<Agent> meant =
        agent.isEmpty() ? agents.list(owner).stream() : agents.find(owner, agent).stream();
    return meant.flatMap(each -> blocks.ofAgent(owner, each.id()).stream()).map(Block::label);
  }
}
