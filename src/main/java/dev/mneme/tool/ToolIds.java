package dev.mneme.tool;

import dev.mneme.common.Ids;
import dev.mneme.common.Owner;

/** Ids of tools that are no rows: they follow from owner and name, so that they stay the same. */
final class ToolIds {
  private ToolIds() {}

  static String of(Owner owner, String name) {
    return Ids.named("tool", "tool/" + owner.id() + "/" + name);
  }
}
