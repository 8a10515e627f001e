package dev.mneme.mcp.server.methods;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import dev.mneme.mcp.server.catalog.Catalog;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The methods over what a client is offered: all there is, or one agent's. Thread-safe. */
public final class Methods {
  private final Catalog catalog;
  private final UnaryOperator<ObjectNode> finish;
  private final Set all;

  /**
   * @param finish adds what the era wants beside a list of tools
   */
  public Methods(Catalog catalog, UnaryOperator<ObjectNode> finish) {
    this.catalog = catalog;
    this.finish = finish;
    this.all = set(catalog);
  }

  /** The methods over one catalog. */
  public record Set(ToolMethods tools, ResourceMethods resources, PromptMethods prompts) {}

  /**
   * @param alone the id of the agent that the client is connected to alone
   */
  public Set of(Owner owner, Optional<String> alone) {
    return alone.map(agent -> set(catalog.ofAgent(owner, agent))).orElse(all);
  }

  private Set set(Catalog of) {
    return new Set(new ToolMethods(of, finish), new ResourceMethods(of), new PromptMethods(of));
  }
}
