package dev.mneme.engine.rules;

import dev.mneme.agent.ToolRule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tool rules in words, for the prompt and for errors. */
public final class RuleText {
  private static final String INTRO =
      "These rules on the order of tool calls are enforced; a call against them is refused:";

  private RuleText() {}

  /** The section of the system prompt; empty where no rule needs saying. */
  public static String section(List<ToolRule> rules) {
    String sentences =
        rules.stream()
            .flatMap(rule -> sentence(rule).stream())
            .map(text -> "<tool_rule>\n" + text + "\n</tool_rule>\n")
            .collect(Collectors.joining());
    return sentences.isEmpty()
        ? ""
        : "<tool_usage_rules>\n" + INTRO + "\n\n" + sentences + "</tool_usage_rules>";
  }

  /** The rules that a refused call has to do with, a line each. */
  static String hints(List<ToolRule> rules, String tool, String last) {
    return rules.stream()
        .filter(rule ->
            rule.toolName().equals(tool)
                || rule.toolName().equals(last)
                || rule instanceof ToolRule.RunFirst
                || (rule instanceof ToolRule.ParentLast p && p.children().contains(tool)))
        .flatMap(rule -> sentence(rule).stream())
        .map(text -> "Hint: " + text)
        .collect(Collectors.joining("\n"));
  }

  private static Optional<String> sentence(ToolRule rule) {
    String tool = rule.toolName();
    return switch (rule) {
      case ToolRule.RunFirst _ -> Optional.of(tool + " has to be the first tool called.");
      case ToolRule.ExitLoop _ -> Optional.of("Calling " + tool + " ends your turn.");
      case ToolRule.ContinueLoop _ ->
          Optional.of("After " + tool + " your turn goes on; another call has to follow.");
      case ToolRule.Children r ->
          Optional.of("Right after " + tool + " only these may be called: " + list(r.children()));
      case ToolRule.ParentLast r ->
          Optional.of(list(r.children(), "") + " may be called right after " + tool + " only.");
      case ToolRule.Conditional r -> Optional.of(conditional(r));
      case ToolRule.MaxCount r ->
          Optional.of(tool + " may be called at most " + r.maxCountLimit() + " times in a turn.");
      case ToolRule.RequiredBeforeExit _ ->
          Optional.of(tool + " has to be called before your turn can end.");
      case ToolRule.RequiresApproval _ -> Optional.empty();
    };
  }

  private static String conditional(ToolRule.Conditional rule) {
    StringBuilder text = new StringBuilder("What may follow ").append(rule.toolName());
    text.append(" depends on its answer:");
    new TreeMap<>(rule.childOutputMapping())
        .forEach((output, child) -> text.append(" '" + output + "' leads to " + child + ";"));
    rule.defaultChild().ifPresent(child -> text.append(" anything else leads to " + child + ";"));
    text.setCharAt(text.length() - 1, '.');
    return text.toString();
  }

  private static String list(List<String> names) {
    return list(names, ".");
  }

  private static String list(List<String> names, String end) {
    return String.join(", ", names) + end;
  }
}
