package dev.mneme.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.agent.Agent;
import dev.mneme.agent.AgentService;
import dev.mneme.common.Owner;
import dev.mneme.engine.builtin.Args;
import dev.mneme.engine.builtin.BuiltIn;
import dev.mneme.engine.builtin.BuiltIns;
import dev.mneme.engine.builtin.Lineage;
import dev.mneme.engine.builtin.ToolErrors;
import dev.mneme.engine.builtin.Use;
import dev.mneme.engine.prompt.Packing;
import dev.mneme.memory.journal.Change;
import dev.mneme.message.Conversation;
import dev.mneme.store.Database;
import dev.mneme.tool.Caller;
import dev.mneme.tool.StoredTool;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent's tools for somebody else, outside of any turn: built-in ones too, but for the one
 * that only means something in a turn. Thread-safe.
 */
public final class DirectTools implements ToolRunner {
  private static final Logger log = LoggerFactory.getLogger(DirectTools.class);

  private final BuiltIns builtIns;
  private final Database database;
  private final AgentService agents;
  private final ToolRunner others;

  /**
   * @param others runs what is not built in
   */
  public DirectTools(BuiltIns builtIns, Database database, AgentService agents, ToolRunner others) {
    this.builtIns = builtIns;
    this.database = database;
    this.agents = agents;
    this.others = others;
  }

  @Override
  public ToolOutcome run(
      Caller caller, StoredTool tool, ObjectNode arguments, Change change, ToolListener listener) {
    Optional<BuiltIn> builtIn =
        builtIns.of(tool).filter(_ -> !tool.name().equals(BuiltIns.SEND_MESSAGE));
    if (builtIn.isEmpty()) {
      return others.run(caller, tool, arguments, change, listener);
    }
    try {
      String text = run(caller, builtIn.get(), new Args(arguments), change);
      return new ToolOutcome.Success(JsonNodeFactory.instance.textNode(text), "", "");
    } catch (RuntimeException e) {
      log.debug("A built-in tool failed", e);
      return new ToolOutcome.Failure(
          ToolOutcome.Reason.ERROR, ToolErrors.text(tool.name(), e), "", "", "");
    }
  }

  private String run(Caller caller, BuiltIn tool, Args arguments, Change change) {
    Owner owner = caller.owner();
    Agent agent = agents.get(owner, caller.agentId().orElseThrow());
    Use use =
        new Use(
            owner,
            Conversation.of(agent.id()),
            Packing.zone(agent.settings().timezone()),
            change,
            List.of(agent.id()),
            new Lineage());
    return switch (tool) {
      case BuiltIn.Stored stored ->
          database.scope(owner).write(tx -> stored.run(tx, use, arguments));
      case BuiltIn.Waiting waiting -> waiting.run(use, arguments);
    };
  }
}
