package dev.mneme.mcp.client.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mneme.common.Json;
import dev.mneme.mcp.client.wire.CallFailed.Reason;
import java.time.Duration;

/**
 * Hears from a server of the newer generation when its tools change: a request that lasts, asked
 * anew when it ends. Costs a virtual thread that waits.
 */
final class ToolWatch implements Runnable {
  private static final Duration LASTS = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Rpc rpc;

  ToolWatch(Rpc rpc) {
    this.rpc = rpc;
  }

  /** Until the connection ends. */
  void start() {
    Thread thread = Thread.ofVirtual().name("mcp-tool-watch").start(this);
    var _ = rpc.ended().thenRun(thread::interrupt);
  }

  @Override
  public void run() {
    while (!rpc.ended().isDone()) {
      ObjectNode wanted = Json.mapper().createObjectNode();
      wanted.putObject("notifications").put("toolsListChanged", true);
      try {
        rpc.request("subscriptions/listen", wanted, LASTS, CallListener.NONE);
      } catch (CallFailed e) {
        if (e.reason() == Reason.REFUSED || e.reason() == Reason.CANCELLED) {
          return;
        }
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        return;
      }
      // What changed meanwhile was told to nobody.
      rpc.notices().toolsChanged();
    }
  }
}
