package dev.mneme.mcp.server.resources;

import dev.mneme.mcp.server.catalog.McpPrompt;
import dev.mneme.mcp.server.catalog.McpPrompt.Argument;
import java.util.List;
import java.util.Map;

/** What a user can pick as a command, so that memory is used even by assistants that forget to. */
public final class Prompts {
  private static final Argument AGENT =
      new Argument("agent", "Agent", "Whose memory; empty for the default agent.", false);

  private Prompts() {}

  public static List<McpPrompt> all() {
    return List.of(
        new McpPrompt(
            "remember",
            "Remember this",
            "Writes something into long-term memory.",
            List.of(new Argument("what", "What", "What to remember.", true), AGENT),
            arguments ->
                "Write the following into your long-term memory now"
                    + agent(arguments)
                    + ". Call memory_view first. If memory already says something about it, correct"
                    + " that place with memory_replace; if it is a short fact that should always be"
                    + " in view, use memory_insert on the block it belongs to; if it is longer or"
                    + " rarer, use archival_insert. Then tell me in one sentence what you wrote and"
                    + " where.\n\n"
                    + arguments.getOrDefault("what", "")),
        new McpPrompt(
            "recall",
            "Recall",
            "Says what memory holds about a topic.",
            List.of(new Argument("topic", "Topic", "What to look for.", true), AGENT),
            arguments ->
                "Tell me what your long-term memory holds"
                    + agent(arguments)
                    + " about the topic below. Call memory_view and archival_search (try two or"
                    + " three different wordings). Say what comes from memory, how old it is, and"
                    + " where it is unsure or contradicts itself. Add nothing of your own.\n\n"
                    + arguments.getOrDefault("topic", "")),
        new McpPrompt(
            "reflect",
            "Reflect on this conversation",
            "Brings memory up to date with what this conversation taught.",
            List.of(AGENT),
            arguments ->
                "Go through our conversation and bring your long-term memory"
                    + agent(arguments)
                    + " up to date. Call memory_view. Look for durable facts about me and the"
                    + " project, decisions with their reasons, corrections I made, and lessons for"
                    + " your own work. Correct what is outdated, write down what is missing, leave"
                    + " out what only mattered today, and never store secrets. Give all changes the"
                    + " same run argument, such as reflect-1, and tell me at the end what you"
                    + " changed and that memory_undo with this run takes it all back."),
        new McpPrompt(
            "talk",
            "Talk to an agent",
            "Lets an agent answer; your assistant thinks for it, so that no key is needed.",
            List.of(new Argument("message", "Message", "What you say to the agent.", true), AGENT),
            arguments ->
                "Answer the message below as the agent"
                    + agent(arguments)
                    + ". Call turn_open with the message, word for word, as input. Be the agent"
                    + " that its system text describes, and use what its memory says. Then call"
                    + " turn_commit with the operations that keep what is worth remembering, and"
                    + " with the reply. If an operation failed, correct it and commit again. Then"
                    + " show me the reply as it is.\n\n"
                    + arguments.getOrDefault("message", "")));
  }

  private static String agent(Map<String, String> arguments) {
    String name = arguments.getOrDefault("agent", "");
    return name.isBlank() ? "" : " (pass agent: \"" + name.replace('"', '\'') + "\" to each tool)";
  }
}
