package dev.mneme.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Owner;
import java.util.Optional;

/**
 * One call of a Python function, or one run of a whole script.
 *
 * @param function the function to call with {@code arguments}; absent: the code is a script, which
 *     is run as it is, its result being the value of its last expression
 * @param setup what is laid out for it
 * @param grants what it may ask the host for; whoever makes a call leaves it empty, the policy
 *     fills it in
 * @param listener told of progress and log lines while the call runs, on any thread
 */
public record ToolCall(
    Caller caller,
    ToolIdentity tool,
    ToolCode code,
    Optional<String> function,
    ObjectNode arguments,
    Setup setup,
    ToolLimits limits,
    Grants grants,
    ToolListener listener) {

  public ToolCall(
      Caller caller,
      ToolIdentity tool,
      ToolCode code,
      Optional<String> function,
      ObjectNode arguments,
      ToolLimits limits,
      ToolListener listener) {
    this(caller, tool, code, function, arguments, Setup.NONE, limits, Grants.none(), listener);
  }

  /** A call of the server's own code, which no policy is about. */
  public ToolCall(
      Caller caller,
      ToolCode code,
      Optional<String> function,
      ObjectNode arguments,
      ToolLimits limits,
      ToolListener listener) {
    this(caller, ToolIdentity.server(code), code, function, arguments, limits, listener);
  }

  /** As above, for an owner's client. */
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

  /**
   * What the caller gave, for the books: arguments without what the server added for the function,
   * or the code of a script; of files their names and sizes.
   */
  public JsonNode given() {
    return switch (tool.source()) {
      case CUSTOM -> withSetup(arguments.path("arguments"));
      case SCRIPT -> withSetup(JsonNodeFactory.instance.objectNode().put("code", code.source()));
      case SERVER, LIBRARY, UPSTREAM -> withSetup(arguments);
    };
  }

  private JsonNode withSetup(JsonNode given) {
    if (setup.equals(Setup.NONE) || !(given instanceof ObjectNode object)) {
      return given;
    }
    ObjectNode all = object.deepCopy();
    if (!setup.files().isEmpty()) {
      all.set(InputFiles.ARGUMENT, setup.files().listing());
    }
    setup.session().ifPresent(session -> all.put("session", session.name()));
    return all;
  }

  public ToolCall with(Setup laidOut) {
    return new ToolCall(caller, tool, code, function, arguments, laidOut, limits, grants, listener);
  }

  public ToolCall within(ToolLimits bounds) {
    return new ToolCall(caller, tool, code, function, arguments, setup, bounds, grants, listener);
  }

  public ToolCall granted(Grants decided) {
    return new ToolCall(caller, tool, code, function, arguments, setup, limits, decided, listener);
  }

  public ToolCall heardBy(ToolListener other) {
    return new ToolCall(caller, tool, code, function, arguments, setup, limits, grants, other);
  }
}
