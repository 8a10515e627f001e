package dev.mneme.engine.builtin;

import dev.mneme.agent.AgentService;
import dev.mneme.memory.ArchiveService;
import dev.mneme.memory.BlockService;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolService;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The built-in tools by name. Immutable. */
public final class BuiltIns {
  public static final String SEND_MESSAGE = "send_message";

  private final Map<String, BuiltIn> tools;

  private BuiltIns(Map<String, BuiltIn> tools) {
    this.tools = Map.copyOf(tools);
  }

  /**
   * @param code asked when code is first run
   */
  public static BuiltIns of(
      BlockService blocks,
      AgentService agents,
      ArchiveService archives,
      ConversationSearch search,
      Post post,
      Supplier<ToolService> code,
      WebTools web,
      Clock clock) {
    Map<String, BuiltIn> tools = new HashMap<>();
    BuiltIn.Stored say =
        (_, _, args) -> {
          args.text("message");
          return "Sent message successfully.";
        };
    tools.put(SEND_MESSAGE, say);
    new MemoryTools(blocks).addTo(tools);
    new ArchivalTools(agents, archives).addTo(tools);
    new RecallTool(search, clock).addTo(tools);
    new AgentTools(post).addTo(tools);
    new CodeTool(code).addTo(tools);
    web.addTo(tools);
    return new BuiltIns(tools);
  }

  /** The built-in that a tool is; a tool of the user's own is never taken for one. */
  public Optional<BuiltIn> of(StoredTool tool) {
    return tool.type().startsWith("letta_")
        ? Optional.ofNullable(tools.get(tool.name()))
        : Optional.empty();
  }
}
