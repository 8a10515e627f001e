package dev.mneme.sandbox.policy;

import dev.mneme.tool.MemoryUse;
import dev.mneme.tool.ToolLimits;
import java.util.List;
import java.util.Optional;

/**
 * What follows from a policy for one tool of one owner.
 *
 * @param refusal why it may not be called at all
 * @param approval whether a person has to agree to each call
 * @param container whether only a container will do
 * @param lines the same for people
 */
public record Effective(
    Optional<String> refusal,
    boolean approval,
    boolean container,
    ToolLimits limits,
    List<String> hosts,
    List<String> secrets,
    MemoryUse memory,
    List<String> packages,
    boolean tools,
    List<Line> lines) {
  public Effective {
    hosts = List.copyOf(hosts);
    secrets = List.copyOf(secrets);
    packages = List.copyOf(packages);
    lines = List.copyOf(lines);
  }

  /**
   * One line of an explanation.
   *
   * @param from where it comes from
   */
  public record Line(String what, String value, String from) {}
}
