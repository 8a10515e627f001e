package dev.mneme.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.MnemeException;
import dev.mneme.common.Texts;
import dev.mneme.mcp.client.wire.CallFailed;
import dev.mneme.mcp.client.wire.CallListener;
import dev.mneme.sandbox.consent.Consent;
import dev.mneme.tool.ToolBackend;
import dev.mneme.tool.ToolCall;
import dev.mneme.tool.ToolListener;
import dev.mneme.tool.ToolOutcome;
import dev.mneme.tool.ToolOutcome.Failure;
import dev.mneme.tool.ToolOutcome.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * The servers as a place where calls go; the policy and the ledger stand before it. Thread-safe.
 */
final class UpstreamBackend implements ToolBackend {
  private static final String NAME = "mcp";

  private static final int MAX_DIFFERENCE = 4_000;

  private final Hub hub;
  private final Consent consent;
  private final Optional<Sampling> sampling;

  UpstreamBackend(Hub hub, Consent consent, Optional<Sampling> sampling) {
    this.hub = hub;
    this.consent = consent;
    this.sampling = sampling;
  }

  @Override
  public ToolOutcome call(ToolCall call) {
    UpstreamTool tool = hub.require(call.owner(), call.tool().name());
    if (tool.blocked()) {
      agreed(call, tool);
    } else if (!tool.definition().sha256().equals(call.tool().sha256())) {
      throw changed(tool);
    }
    Upstream upstream = hub.running(call.owner(), tool);
    ToolListener listener = call.listener();
    listener.placed(NAME, tool.server(), Duration.ZERO, Duration.ZERO);
    try {
      ObjectNode result =
          upstream.call(tool.tool(), call.arguments(), call.limits().wall(), heard(call, tool));
      return Answers.outcome(tool.tool(), result, call.limits().result());
    } catch (CallFailed e) {
      return failed(tool, e);
    }
  }

  /** Whoever's server it is may agree to what it changed, having seen it. */
  private void agreed(ToolCall call, UpstreamTool tool) {
    Pin pin = hub.change(call.owner(), tool).orElseThrow(() -> changed(tool));
    consent.require(
        call,
        "The MCP server "
            + tool.server()
            + " changed the tool "
            + tool.tool()
            + " since it was first used, or describes it suspiciously:\n"
            + cut(String.join("\n", pin.difference()))
            + "\nIts definition is now "
            + pin.seen().sha256()
            + ".");
    hub.approve(call.owner(), tool);
  }

  private static String cut(String difference) {
    return Texts.shorten(difference, MAX_DIFFERENCE);
  }

  private CallListener heard(ToolCall call, UpstreamTool tool) {
    Optional<Sampler> sampler =
        sampling.flatMap(models ->
            hub.sampling(call.owner(), tool).map(allowed -> models.of(allowed, call.caller())));
    return call.listener().equals(ToolListener.NONE) && sampler.isEmpty()
        ? CallListener.NONE
        : new CallHearing(tool.server(), call.listener(), sampler);
  }

  private static Failure failed(UpstreamTool tool, CallFailed failed) {
    String server = "The MCP server " + tool.server();
    return switch (failed.reason()) {
      case REFUSED -> failure(Reason.ERROR, server + " refused the call: " + failed.message());
      case UNAUTHORIZED ->
          failure(Reason.UNAVAILABLE, server + " refused access: " + failed.message());
      case TIMEOUT -> failure(Reason.TIMEOUT, server + " gave no result: " + failed.message());
      case CANCELLED -> failure(Reason.CANCELLED, failed.message());
      case CLOSED, SESSION_LOST ->
          failure(Reason.UNAVAILABLE, server + " cannot be used now: " + failed.message());
      case WITHHELD ->
          failure(Reason.LIMIT, server + " was not given a model: " + failed.message());
      case BROKEN ->
          failure(Reason.UNAVAILABLE, server + " broke the protocol: " + failed.message());
    };
  }

  private static Failure failure(Reason reason, String message) {
    return new Failure(reason, message, "", "", "");
  }

  private static MnemeException changed(UpstreamTool tool) {
    return MnemeException.denied(
        "tool_changed",
        "The MCP server "
            + tool.server()
            + " changed its tool "
            + tool.tool()
            + " since it was first used, or describes it suspiciously. It is not called until the"
            + " operator has looked at that: mneme mcp-servers pins");
  }
}
