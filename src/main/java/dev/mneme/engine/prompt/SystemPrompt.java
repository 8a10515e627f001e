package dev.mneme.engine.prompt;

import dev.mneme.agent.ToolRule;
import dev.mneme.engine.rules.RuleText;
import dev.mneme.memory.Block;
import dev.mneme.memory.MemoryText;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled system prompt: instructions, memory, rules, and a note on what lies outside of the
 * context. The note tells the time of compiling; whether a stored prompt is still right is judged
 * without it, so that a prompt changes only when memory does.
 */
public final class SystemPrompt {
  private static final String PLACEHOLDER = "{CORE_MEMORY}";

  private final String before;
  private final String after;

  private SystemPrompt(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /**
   * @param base instructions; where they hold <code>{CORE_MEMORY}</code>, memory goes there
   * @param numbered whether lines of blocks are shown with their numbers
   */
  public static SystemPrompt of(
      String base, AgentType type, List<Block> blocks, boolean numbered, List<ToolRule> rules) {
    List<String> parts = new ArrayList<>();
    if (type.showsBlocks() && !blocks.isEmpty()) {
      parts.add(MemoryText.compile(blocks, numbered));
    }
    String ruleText = RuleText.section(rules);
    if (!ruleText.isEmpty()) {
      parts.add(ruleText);
    }
    parts.add("");
    String memory = String.join("\n\n", parts);
    int at = base.indexOf(PLACEHOLDER);
    return at < 0
        ? new SystemPrompt(base.stripTrailing() + "\n\n" + memory, "")
        : new SystemPrompt(
            base.substring(0, at) + memory, base.substring(at + PLACEHOLDER.length()));
  }

  /** The whole text. */
  public String with(PromptNote note) {
    return before + note.text() + after;
  }

  /** Whether a text is this prompt with whatever note. */
  public boolean matches(String compiled) {
    return compiled.length() >= before.length() + after.length()
        && compiled.startsWith(before)
        && compiled.endsWith(after)
        && PromptNote.isNote(
            compiled.substring(before.length(), compiled.length() - after.length()));
  }
}
