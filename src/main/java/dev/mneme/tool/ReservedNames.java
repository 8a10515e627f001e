package dev.mneme.tool;

import java.util.List;
import java.util.Set;

/** Names that belong to built-in tools, so that no file can stand in for one. */
final class ReservedNames {
  private static final Set<String> NAMES =
      Set.of(
          "memory",
          "calls",
          "run_python",
          "search_tools",
          "call_tool",
          "run_code",
          "send_message",
          "conversation_search",
          "web_search",
          "fetch_webpage",
          "remember",
          "recall",
          "reflect");
  private static final List<String> PREFIXES =
      List.of("memory_", "core_memory_", "archival_", "agent_", "turn_", "mneme_");

  private ReservedNames() {}

  static boolean contains(String name) {
    return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }
}
