package dev.mneme.mcp.server.resources;

import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.Completer;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Completes agents, labels and archives. Thread-safe. */
public final class MemoryCompleter implements Completer {
  private final AgentService agents;
  private final BlockService blocks;
  private final ArchiveService archives;

  public MemoryCompleter(AgentService agents, BlockService blocks, ArchiveService archives) {
    this.archives = archives;
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
          case "archive" ->
              archives.list(owner).stream()
                  .flatMap(archive -> Stream.of(archive.name(), archive.id()));
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
