package dev.mneme.memory;

import java.util.List;
import java.util.Optional;

/**
 * Which blocks to find; what is absent is no condition.
 *
 * @param labelPart found anywhere in the label, in upper or lower case; so are the other parts
 * @param tags the block has one of these, or all of them where {@code allTags}
 * @param moreAgentsThan attached to more agents than this
 * @param agentCounts attached to one of these numbers of agents; empty: any
 */
public record BlockFilter(
    Optional<String> label,
    Optional<String> labelPart,
    Optional<String> descriptionPart,
    Optional<String> valuePart,
    List<String> tags,
    boolean allTags,
    Optional<Integer> moreAgentsThan,
    Optional<Integer> fewerAgentsThan,
    List<Integer> agentCounts) {
  public static final BlockFilter NONE =
      new BlockFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          false,
          Optional.empty(),
          Optional.empty(),
          List.of());

  public BlockFilter {
    tags = List.copyOf(tags);
    agentCounts = List.copyOf(agentCounts);
  }
}
