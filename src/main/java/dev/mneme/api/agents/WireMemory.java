package dev.mneme.api.agents;

import dev.mneme.api.memory.WireBlock;
import java.util.List;

/** The memory of an agent as clients read it. */
record WireMemory(
    List<WireBlock> blocks,
    List<Object> fileBlocks,
    String agentType,
    boolean gitEnabled,
    String promptTemplate) {
  static WireMemory of(String agentType, List<WireBlock> blocks) {
    return new WireMemory(blocks, List.of(), agentType, false, "");
  }
}
