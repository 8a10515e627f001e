package dev.mneme.tool;

import dev.mneme.store.Tx;

/** Writes what is to commit with the removal of a tool: no agent has it any more. */
@FunctionalInterface
public interface ToolRemoval {
  void removed(Tx tx, String toolId);
}
