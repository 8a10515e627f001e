package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import java.util.List;

/**
 * One piece of work for a worker.
 *
 * @param call what it is done for; its function and arguments count as they stand here
 * @param function name of the function; empty unless the kind is {@link Kind#FUNCTION}
 * @param arguments JSON text
 * @param image what the worker has to be started from; empty for what workers usually are
 */
public record Work(Kind kind, ToolCall call, String function, String arguments, String image) {
  public Work(Kind kind, ToolCall call, String function, String arguments) {
    this(kind, call, function, arguments, Demand.USUAL);
  }

  /** What is to be done with the code. */
  public enum Kind {
    FUNCTION,
    SCRIPT,
    /** As a script, among what earlier scripts of the worker left; it serves nothing else then. */
    SESSION,
    /** Run the code's test functions; the arguments are the modules they test. */
    TESTS
  }

  public static Work of(ToolCall call) {
    return new Work(kind(call), call, call.function().orElse(""), Json.write(call.arguments()));
  }

  private static Kind kind(ToolCall call) {
    return call.function().isPresent()
        ? Kind.FUNCTION
        : call.setup().session().isPresent() ? Kind.SESSION : Kind.SCRIPT;
  }

  /** A run of the test functions in the call's code. */
  public static Work tests(ToolCall call, List<TestModule> modules) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (TestModule module : modules) {
      list.addObject()
          .put("module", module.module())
          .put("name", module.code().name())
          .put("source", module.code().source())
          .put("sha256", module.code().sha256());
    }
    return new Work(Kind.TESTS, call, "", Json.write(list));
  }

  public Caller caller() {
    return call.caller();
  }

  public Owner owner() {
    return call.owner();
  }

  public ToolCode code() {
    return call.code();
  }

  public ToolLimits limits() {
    return call.limits();
  }

  public ToolListener listener() {
    return call.listener();
  }

  /** The same on a worker that was started from this image. */
  public Work on(String other) {
    return new Work(kind, call, function, arguments, other);
  }

  Demand demand() {
    return new Demand(call.caller().domain(), image);
  }

  Work within(ToolLimits bounds) {
    return new Work(kind, call.within(bounds), function, arguments, image);
  }
}
