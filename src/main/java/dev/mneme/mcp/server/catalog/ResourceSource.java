package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.util.List;

/** The resources of an owner. Thread-safe. */
public interface ResourceSource {
  /** In the order of their addresses. */
  List<McpResource> list(Owner owner);

  List<McpResourceTemplate> templates();

  /**
   * @throws dev.mneme.common.MnemeException of kind {@code NOT_FOUND} or {@code INVALID}
   */
  ResourceText read(Owner owner, String uri);

  /**
   * Tells a listener of every later commit that changed a resource, soon after it.
   *
   * @return ends the listening
   */
  AutoCloseable onChange(ResourceListener listener);
}
