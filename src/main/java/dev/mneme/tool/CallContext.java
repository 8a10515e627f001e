package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * What a custom tool is given besides its arguments.
 *
 * @param environment what {@code os.environ} shows it: the agent's secrets, and what was given for
 *     this call alone
 * @param files what it finds in its folder of inputs
 * @param agent as the function sees {@code agent_state}: {@code {id, name, …, blocks: [{label,
 *     value, …}]}}; absent where a tool is tried without an agent
 */
public record CallContext(
    Map<String, String> environment,
    InputFiles files,
    Optional<ObjectNode> agent,
    ToolListener listener) {
  public static final CallContext NONE =
      new CallContext(Map.of(), Optional.empty(), ToolListener.NONE);

  /** Without files. */
  public CallContext(
      Map<String, String> environment, Optional<ObjectNode> agent, ToolListener listener) {
    this(environment, InputFiles.NONE, agent, listener);
  }

  public CallContext {
    environment = Map.copyOf(environment);
  }

  /** It holds secrets. */
  @Override
  public String toString() {
    return "CallContext[" + environment.keySet() + "]";
  }
}
