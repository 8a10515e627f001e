package dev.mneme.mcp.server.resources;

import dev.mneme.agent.AgentService;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.McpResource;
import dev.mneme.mcp.server.catalog.McpResourceTemplate;
import dev.mneme.mcp.server.catalog.ResourceListener;
import dev.mneme.mcp.server.catalog.ResourceSource;
import dev.mneme.mcp.server.catalog.ResourceText;
import dev.mneme.memory.ArchiveService;
import java.util.List;

/** Of all resources, those of one agent. Thread-safe. */
public final class OneAgentResources implements ResourceSource {
  private final ResourceSource all;
  private final AgentService agents;
  private final ArchiveService archives;
  private final String agentId;

  public OneAgentResources(
      ResourceSource all, AgentService agents, ArchiveService archives, String agentId) {
    this.all = all;
    this.agents = agents;
    this.archives = archives;
    this.agentId = agentId;
  }

  @Override
  public List<McpResource> list(Owner owner) {
    return all.list(owner).stream().filter(resource -> isOwn(owner, resource.uri())).toList();
  }

  @Override
  public List<McpResourceTemplate> templates() {
    return all.templates();
  }

  @Override
  public ResourceText read(Owner owner, String uri) {
    if (!isOwn(owner, uri)) {
      throw MemoryUris.unknown();
    }
    return all.read(owner, uri);
  }

  @Override
  public AutoCloseable onChange(ResourceListener listener) {
    return all.onChange(listener);
  }

  private boolean isOwn(Owner owner, String uri) {
    return uri.equals(AppResources.MEMORY) || isOwnMemory(owner, uri);
  }

  private boolean isOwnMemory(Owner owner, String uri) {
    return MemoryUris.parse(uri)
        .map(meant ->
            switch (meant) {
              case MemoryUris.Passages page -> isOwnArchive(owner, page.archive());
              case MemoryUris.OnePassage one -> isOwnArchive(owner, one.archive());
              case MemoryUris.JournalPage page -> isMeant(owner, page.agent());
            })
        .orElseGet(() -> isMeant(owner, BlockUri.parse(uri).agent()));
  }

  private boolean isMeant(Owner owner, String agent) {
    return agents.find(owner, agent).filter(found -> found.id().equals(agentId)).isPresent();
  }

  private boolean isOwnArchive(Owner owner, String archive) {
    return archives.ofAgent(owner, agentId).stream()
        .anyMatch(held -> held.id().equals(archive) || held.name().equals(archive));
  }
}
