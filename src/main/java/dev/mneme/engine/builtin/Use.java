package dev.mneme.engine.builtin;

import dev.mneme.common.Owner;
import dev.mneme.memory.journal.Change;
import dev.mneme.message.Conversation;
import java.time.ZoneId;
import java.util.List;

/**
 * One call of a built-in tool.
 *
 * @param change says where what it writes comes from
 * @param chain the agents that wait for this one's answer, the first of them first, and itself
 * @param lineage of the turn; a tool that reads memory notes there what it read
 */
public record Use(
    Owner owner,
    Conversation conversation,
    ZoneId zone,
    Change change,
    List<String> chain,
    Lineage lineage) {
  public Use {
    chain = List.copyOf(chain);
  }

  public String agentId() {
    return conversation.agentId();
  }
}
