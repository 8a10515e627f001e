package dev.mneme.agent;

import dev.mneme.memory.BlockDraft;
import java.util.List;
import java.util.Map;

/**
 * What a new agent is made of.
 *
 * @param blocks made for it and attached
 * @param blockIds present blocks attached to it
 */
public record AgentDraft(
    String name,
    String description,
    List<String> tags,
    Map<String, Object> metadata,
    List<BlockDraft> blocks,
    List<String> blockIds,
    AgentSettings settings) {
  public AgentDraft {
    tags = List.copyOf(tags);
    blocks = List.copyOf(blocks);
    blockIds = List.copyOf(blockIds);
  }

  /** An agent with the two blocks every agent starts with. */
  public static AgentDraft named(String name) {
    return new AgentDraft(
        name,
        "",
        List.of(),
        Map.of(),
        List.of(Starting.persona(), Starting.human()),
        List.of(),
        AgentSettings.DEFAULT);
  }

  public AgentDraft describedAs(String text) {
    return new AgentDraft(name, text, tags, metadata, blocks, blockIds, settings);
  }

  public AgentDraft withBlocks(List<BlockDraft> drafts) {
    return new AgentDraft(name, description, tags, metadata, drafts, blockIds, settings);
  }

  public AgentDraft withBlockIds(List<String> ids) {
    return new AgentDraft(name, description, tags, metadata, blocks, ids, settings);
  }

  public AgentDraft withTags(List<String> words) {
    return new AgentDraft(name, description, words, metadata, blocks, blockIds, settings);
  }

  public AgentDraft withMetadata(Map<String, Object> facts) {
    return new AgentDraft(name, description, tags, facts, blocks, blockIds, settings);
  }

  public AgentDraft withSettings(AgentSettings working) {
    return new AgentDraft(name, description, tags, metadata, blocks, blockIds, working);
  }
}
