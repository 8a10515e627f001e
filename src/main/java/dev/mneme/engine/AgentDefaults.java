package dev.mneme.engine;

import dev.mneme.agent.ToolRule;
import dev.mneme.engine.prompt.AgentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an agent of a type is given where nothing else was asked for. */
final class AgentDefaults {
  private static final List<String> ARCHIVAL =
      List.of("archival_memory_insert", "archival_memory_search");
  private static final List<String> TO_AGENTS =
      List.of(
          "send_message_to_agent_and_wait_for_reply",
          "send_message_to_agents_matching_tags",
          "send_message_to_agent_async");
  private static final Set<String> EXITS =
      Set.of("send_message", "send_message_to_agent_async", "memory_finish_edits");
  private static final List<String> NO_RULES =
      List.of("claude-4-sonnet", "claude-3-5-sonnet", "gpt-5", "gemini-2.5-pro");

  private AgentDefaults() {}

  static List<String> tools(AgentType type, boolean base, boolean toAgents) {
    List<String> tools = new ArrayList<>();
    if (base) {
      tools.addAll(
          switch (type) {
            case LETTA_V1 -> with("conversation_search", "memory_insert", "memory_replace");
            case MEMGPT, SPLIT_THREAD ->
                with(
                    "send_message",
                    "conversation_search",
                    "core_memory_append",
                    "core_memory_replace",
                    "memory",
                    "memory_apply_patch");
            case MEMGPT_V2 ->
                with("send_message", "conversation_search", "memory_insert", "memory_replace");
            case SLEEPTIME ->
                List.of("memory_replace", "memory_insert", "memory_rethink", "memory_finish_edits");
            case VOICE -> with("send_message", "conversation_search");
            case VOICE_SLEEPTIME -> List.of("memory_rethink", "memory_finish_edits");
            case REACT, WORKFLOW -> List.of();
          });
    }
    if (toAgents) {
      tools.addAll(TO_AGENTS);
    }
    return tools;
  }

  /** Whether an agent gets the rules of its tools where nobody said. */
  static boolean rulesByDefault(AgentType type, Optional<String> model) {
    return type != AgentType.LETTA_V1
        && model.stream().noneMatch(handle -> NO_RULES.stream().anyMatch(handle::contains));
  }

  static List<ToolRule> rules(List<String> tools, Set<String> builtIn) {
    List<ToolRule> rules = new ArrayList<>();
    for (String tool : tools) {
      if (EXITS.contains(tool)) {
        rules.add(new ToolRule.ExitLoop(tool));
      } else if (builtIn.contains(tool)) {
        rules.add(new ToolRule.ContinueLoop(tool));
      }
    }
    return rules;
  }

  private static List<String> with(String... tools) {
    List<String> all = new ArrayList<>(List.of(tools));
    all.addAll(ARCHIVAL);
    return all;
  }
}
