package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.util.Optional;

/** What is offered to clients that are connected to one agent alone. Thread-safe. */
public interface AgentCatalogs {
  /** The id of an agent of the owner, by its id or name. */
  Optional<String> find(Owner owner, String agent);

  /**
   * The id of an agent of the owner, by its id or name; it is made where there is none of that
   * name.
   *
   * @throws dev.mneme.common.MnemeException where that can be no name
   */
  String named(Owner owner, String agent);

  /** The tools and the memory of one agent, as they are now. */
  Catalog of(Owner owner, String agentId);
}
