package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All the MCP face offers. Thread-safe; every listing is a snapshot. */
public final class Catalog {
  private final List<McpTool> fixed;
  private final ToolSource library;
  private final ResourceSource resources;
  private final List<McpPrompt> prompts;
  private final Completer completer;
  private final Optional<AgentCatalogs> agents;
  private final Listing listing;
  private volatile @Nullable ToolSet current;

  public Catalog(
      List<McpTool> fixed,
      ToolSource library,
      ResourceSource resources,
      List<McpPrompt> prompts,
      Completer completer) {
    this(fixed, library, resources, prompts, completer, Listing.WHOLE);
  }

  /**
   * As above.
   *
   * @param listing which tools clients are shown
   */
  public Catalog(
      List<McpTool> fixed,
      ToolSource library,
      ResourceSource resources,
      List<McpPrompt> prompts,
      Completer completer,
      Listing listing) {
    this(fixed, library, resources, prompts, completer, Optional.empty(), listing);
  }

  private Catalog(
      List<McpTool> fixed,
      ToolSource library,
      ResourceSource resources,
      List<McpPrompt> prompts,
      Completer completer,
      Optional<AgentCatalogs> agents,
      Listing listing) {
    this.agents = agents;
    this.listing = listing;
    this.fixed = List.copyOf(fixed);
    this.library = library;
    this.resources = resources;
    this.prompts = List.copyOf(prompts);
    this.completer = completer;
  }

  /** This catalog with more in it. */
  public Catalog with(
      List<McpTool> tools,
      UnaryOperator<ToolSource> library,
      UnaryOperator<ResourceSource> resources,
      List<McpPrompt> prompts) {
    return new Catalog(
        Stream.concat(fixed.stream(), tools.stream()).toList(),
        library.apply(this.library),
        resources.apply(this.resources),
        Stream.concat(this.prompts.stream(), prompts.stream()).toList(),
        completer,
        agents,
        listing);
  }

  /** This catalog, and one for each agent. */
  public Catalog with(AgentCatalogs each) {
    return new Catalog(fixed, library, resources, prompts, completer, Optional.of(each), listing);
  }

  /** What there is for clients that are connected to one agent alone. */
  public Optional<AgentCatalogs> agents() {
    return agents;
  }

  /**
   * What one agent's clients are offered.
   *
   * @throws dev.mneme.common.MnemeException when the agent is not there (any more)
   */
  public Catalog ofAgent(Owner owner, String agentId) {
    return agents.orElseThrow().of(owner, agentId);
  }

  /** The tools as they are now; the same object until something changes. */
  public ToolSet tools() {
    List<McpTool> present = library.tools();
    ToolSet known = current;
    if (known != null && known.isOf(present)) {
      return known;
    }
    ToolSet fresh = ToolSet.of(fixed, present, listing);
    current = fresh;
    return fresh;
  }

  /** Tells a listener of every later change of the tools. */
  public AutoCloseable onToolsChange(Runnable listener) {
    return library.onChange(listener);
  }

  public ResourceSource resources() {
    return resources;
  }

  public List<McpPrompt> prompts() {
    return prompts;
  }

  public Optional<McpPrompt> prompt(String name) {
    return prompts.stream().filter(prompt -> prompt.name().equals(name)).findFirst();
  }

  public Completer completer() {
    return completer;
  }
}
