package dev.mneme.sandbox.policy;

import dev.mneme.common.Owner;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolIdentity.Source;
import dev.mneme.tool.ToolLimits;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules of one file. Immutable. */
public final class Policy {
  /** Without a file: limits as the server has them, and nothing granted. */
  public static final Policy DEFAULT = new Policy("no policy file", Map.of(), List.of());

  private final String file;
  private final Map<Source, Rule> bySource;
  private final List<ToolRule> tools;

  Policy(String file, Map<Source, Rule> bySource, List<ToolRule> tools) {
    this.file = file;
    this.bySource = Map.copyOf(bySource);
    this.tools = List.copyOf(tools);
  }

  /** Where the rules stand, for people. */
  public String file() {
    return file;
  }

  /** The same restrictions, and nothing granted. */
  Policy withoutGrants() {
    Map<Source, Rule> kept = new EnumMap<>(Source.class);
    bySource.forEach((source, rule) -> kept.put(source, rule.withoutGrants()));
    return new Policy(
        file,
        kept,
        tools.stream()
            .map(tool ->
                new ToolRule(
                    tool.source(),
                    tool.name(),
                    tool.owner(),
                    tool.sha256(),
                    tool.rule().withoutGrants()))
            .toList());
  }

  /**
   * What follows for a tool.
   *
   * @param limits what the server and the tool's header leave
   */
  public Effective decide(ToolIdentity tool, Owner owner, ToolLimits limits) {
    Decision decision = new Decision(tool, limits);
    Optional.ofNullable(bySource.get(tool.source())).ifPresent(decision::restrict);
    for (ToolRule rule : tools) {
      if (rule.isAbout(tool, owner)) {
        decision.restrict(rule.rule());
        decision.grant(rule);
      }
    }
    return decision.effective();
  }
}
