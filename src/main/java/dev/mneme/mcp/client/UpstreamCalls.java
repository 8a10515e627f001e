package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.mcp.client.config.ServerLimits;
import dev.mneme.tool.Caller;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolCode;
import dev.mneme.tool.ToolIdentity;
import dev.mneme.tool.ToolLimits;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.Trust;
import java.util.Optional;

/** Calls tools of other servers, each through the gate. Thread-safe; calls wait for their end. */
public final class UpstreamCalls {
  private final Hub hub;
  private final ToolBackend gate;

  UpstreamCalls(Hub hub, ToolBackend gate) {
    this.hub = hub;
    this.gate = gate;
  }

  /**
   * Calls a tool by the name it has here.
   *
   * @throws dev.mneme.common.MnemeException {@code unknown_tool}, {@code tool_changed}, and what
   *     the gate throws
   */
  public ToolOutcome call(Caller caller, String name, ObjectNode arguments, ToolListener listener) {
    UpstreamTool tool = hub.require(caller.owner(), name);
    ServerLimits own = hub.limits(caller.owner(), tool);
    String sha256 = tool.definition().sha256();
    ToolLimits limits =
        new ToolLimits(own.call(), own.call(), ToolLimits.DEFAULT.output(), own.result());
    return gate.call(
        new ToolCall(
            caller,
            ToolIdentity.upstream(name, sha256, tool.hints().readOnly()),
            new ToolCode(name, tool.definition().text(), sha256, Trust.UNTRUSTED),
            Optional.of(tool.tool()),
            arguments,
            limits,
            listener));
  }
}
