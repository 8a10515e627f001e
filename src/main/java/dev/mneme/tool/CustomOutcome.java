package dev.mneme.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a custom tool ended, as the model reads it.
 *
 * @param reason why it failed, where it did
 * @param text what it returned, as it is where it is a text, else as JSON; or what went wrong
 * @param blocks the values of memory blocks that the tool changed on its copy of the agent, by
 *     label; to be saved by the caller
 * @param artifacts files the tool left for the caller
 */
public record CustomOutcome(
    boolean isError,
    Optional<ToolOutcome.Reason> reason,
    String text,
    String stdout,
    String stderr,
    Map<String, String> blocks,
    List<Artifact> artifacts) {
  public CustomOutcome {
    artifacts = List.copyOf(artifacts);
    blocks = Map.copyOf(blocks);
  }
}
