package dev.mneme.mcp.server.catalog;

import dev.mneme.common.Owner;
import java.util.Set;

/**
 * What a commit changed for those who read resources.
 *
 * @param updated resources with new content, under every address a client may have used
 * @param listChanged whether resources appeared or went
 */
public record ResourceChange(Owner owner, Set<String> updated, boolean listChanged) {
  public ResourceChange {
    updated = Set.copyOf(updated);
  }
}
