package dev.mneme.engine;

import dev.mneme.message.Message;
import dev.mneme.model.ChatModel;
import java.util.List;

/**
 * What a run has to do, and who does it.
 *
 * @param input stored messages the run is about
 * @param chain the agents that had each other called, this one last
 */
record Assignment(
    SendRequest request,
    AgentProfile profile,
    ChatModel chat,
    List<Message> input,
    List<String> chain) {
  Assignment {
    input = List.copyOf(input);
    chain = List.copyOf(chain);
  }
}
