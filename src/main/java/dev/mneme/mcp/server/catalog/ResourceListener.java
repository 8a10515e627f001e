package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;

/** Hears of changes of resources. Thread-safe. */
public interface ResourceListener {
  /** Whether anybody would be told of this owner's changes, so that none is worked out in vain. */
  boolean isInterested(Owner owner);

  void changed(ResourceChange change);
}
