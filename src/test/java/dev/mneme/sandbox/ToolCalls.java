package dev.mneme.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.common.Owner;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.Trust;
import java.time.Duration;
import java.util.Optional;

/** Short ways to say what to run, for tests. */
public final class ToolCalls {
  public static final Owner ALICE = Owner.DEFAULT;
  public static final Owner BOB = new Owner("user-00000000-0000-4000-8000-00000000000b");
  public static final ToolLimits LIMITS =
      new ToolLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 10_000, 100_000);

  private ToolCalls() {}

  public static ToolCall function(Trust trust, String source, String function, String arguments) {
    return call(ALICE, trust, source, Optional.of(function), arguments, LIMITS, ToolListener.NONE);
  }

  public static ToolCall script(Trust trust, String source) {
    return script(ALICE, trust, source, LIMITS);
  }

  public static ToolCall script(Owner owner, Trust trust, String source, ToolLimits limits) {
    return call(owner, trust, source, Optional.empty(), "{}", limits, ToolListener.NONE);
  }

  public static ToolCall call(
      Owner owner,
      Trust trust,
      String source,
      Optional<String> function,
      String arguments,
      ToolLimits limits,
      ToolListener listener) {
    return new ToolCall(
        owner,
        ToolCode.of("tool.py", source, trust),
        function,
        (ObjectNode) Json.parse(arguments),
        limits,
        listener);
  }

  public static ToolLimits wall(Duration wall) {
    return new ToolLimits(wall, Duration.ofMinutes(1), 10_000, 100_000);
  }
}
