package dev.mneme.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import java.util.Optional;

/**
 * One call of a Python function, or one run of a whole script.
 *
 * @param function the function to call with {@code arguments}; absent: the code is a script, which
 *     is run as it is, its result being the value of its last expression
 * @param listener told of progress and log lines while the call runs, on any thread
 */
public record ToolCall(
    Caller caller,
    ToolCode code,
    Optional<String> function,
    ObjectNode arguments,
    ToolLimits limits,
    ToolListener listener) {

  /** A call of an owner's client. */
  public ToolCall(
      Owner owner,
      ToolCode code,
      Optional<String> function,
      ObjectNode arguments,
      ToolLimits limits,
      ToolListener listener) {
    this(Caller.of(owner), code, function, arguments, limits, listener);
  }

  public Owner owner() {
    return caller.owner();
  }
}
