package dev.mneme.engine.rules;

import dev.mneme.agent.ToolRule;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules of an agent allow at each moment of one request. It remembers the calls made; a
 * request begins with a new one. Not thread-safe.
 */
public final class RuleState {
  private final List<ToolRule> rules;
  private final Map<String, Integer> counts = new HashMap<>();
  private String last = "";
  private String lastReturn = "";

  public RuleState(List<ToolRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * The tools that may be called next, out of those attached and in their order. Where the rules
   * leave nothing they do not count, except that a tool used up stays away.
   */
  public Allowed next(Collection<String> attached) {
    if (last.isEmpty()) {
      Set<String> first = firstTools();
      first.retainAll(attached);
      if (!first.isEmpty()) {
        return new Allowed(List.copyOf(first), true);
      }
    }
    Set<String> left = new LinkedHashSet<>(attached);
    boolean forced = false;
    for (ToolRule rule : rules) {
      switch (rule) {
        case ToolRule.Children r when r.toolName().equals(last) -> {
          left.retainAll(r.children());
          forced = true;
        }
        case ToolRule.Conditional r when r.toolName().equals(last) -> {
          forced |= retainMapped(left, r);
        }
        case ToolRule.ParentLast r when r.toolName().equals(last) -> left.retainAll(r.children());
        case ToolRule.ParentLast r -> r.children().forEach(left::remove);
        case ToolRule.MaxCount r when used(r) -> left.remove(r.toolName());
        default -> {}
      }
    }
    if (!left.isEmpty()) {
      return new Allowed(List.copyOf(left), forced);
    }
    Set<String> rest = new LinkedHashSet<>(attached);
    for (ToolRule rule : rules) {
      if (rule instanceof ToolRule.MaxCount r && used(r)) {
        rest.remove(r.toolName());
      }
    }
    return new Allowed(List.copyOf(rest), false);
  }

  /** Notes a call and the text it returned. */
  public void called(String tool, String returned) {
    counts.merge(tool, 1, Integer::sum);
    last = tool;
    lastReturn = returned;
  }

  /** Whether the turn ends with this tool. */
  public boolean ends(String tool) {
    return rules.stream().anyMatch(r -> r instanceof ToolRule.ExitLoop && named(r, tool));
  }

  /** Whether the turn goes on after this tool even where the model did not ask for it. */
  public boolean continues(String tool) {
    return rules.stream()
        .anyMatch(r ->
            named(r, tool)
                && (r instanceof ToolRule.ContinueLoop
                    || r instanceof ToolRule.Children
                    || r instanceof ToolRule.Conditional));
  }

  public boolean needsApproval(String tool) {
    return rules.stream().anyMatch(r -> r instanceof ToolRule.RequiresApproval && named(r, tool));
  }

  /** Attached tools without which the turn cannot end and that were not called yet. */
  public List<String> missingBeforeExit(Collection<String> attached) {
    return rules.stream()
        .filter(r -> r instanceof ToolRule.RequiredBeforeExit)
        .map(ToolRule::toolName)
        .filter(tool -> attached.contains(tool) && !counts.containsKey(tool))
        .distinct()
        .toList();
  }

  /** Arguments the rules give to the next call of a tool, whatever the model says. */
  public Map<String, Object> prefilled(String tool) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (ToolRule rule : rules) {
      switch (rule) {
        case ToolRule.RunFirst r when last.isEmpty() && named(r, tool) ->
            r.args().ifPresent(given::putAll);
        case ToolRule.Children r when r.toolName().equals(last) ->
            r.childArgNodes().stream()
                .filter(node -> node.name().equals(tool))
                .flatMap(node -> node.args().stream())
                .forEach(given::putAll);
        default -> {}
      }
    }
    return given;
  }

  /** What a model that called a tool out of turn is told. */
  public String violation(String tool, Allowed allowed) {
    StringBuilder text = new StringBuilder("[ToolConstraintError] Cannot call ");
    text.append(tool).append(", valid tools include: ").append(allowed.tools());
    String hints = RuleText.hints(rules, tool, last);
    return hints.isEmpty() ? text.toString() : text + "\n" + hints;
  }

  private Set<String> firstTools() {
    Set<String> first = new LinkedHashSet<>();
    rules.stream()
        .filter(r -> r instanceof ToolRule.RunFirst)
        .forEach(r -> first.add(r.toolName()));
    return first;
  }

  private boolean retainMapped(Set<String> left, ToolRule.Conditional rule) {
    Optional<String> child =
        Optional.ofNullable(rule.childOutputMapping().get(lastReturn.strip()))
            .or(rule::defaultChild);
    if (child.isPresent()) {
      left.retainAll(Set.of(child.get()));
      return true;
    }
    if (rule.requireOutputMapping()) {
      left.clear();
    }
    return false;
  }

  private boolean used(ToolRule.MaxCount rule) {
    return counts.getOrDefault(rule.toolName(), 0) >= rule.maxCountLimit();
  }

  private static boolean named(ToolRule rule, String tool) {
    return rule.toolName().equals(tool);
  }

  /** The tools that carry a rule, attached or not. */
  public Set<String> ruled() {
    Set<String> names = new HashSet<>();
    rules.forEach(rule -> names.add(rule.toolName()));
    return names;
  }

  /** All tools that a rule names, its own and those it leads to. */
  public Set<String> named() {
    Set<String> names = ruled();
    for (ToolRule rule : rules) {
      switch (rule) {
        case ToolRule.Children r -> names.addAll(r.children());
        case ToolRule.ParentLast r -> names.addAll(r.children());
        case ToolRule.Conditional r -> {
          names.addAll(r.childOutputMapping().values());
          r.defaultChild().ifPresent(names::add);
        }
        default -> {}
      }
    }
    return names;
  }
}
