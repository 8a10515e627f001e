package dev.mneme.sandbox.graalpy.worker;

import java.util.Map;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * What the guest's {@code mneme} module calls: progress, log lines and requests to the host.
 *
 * <p>Progress is thinned to fifty a second and log lines to two hundred a call, so that a loop
 * cannot flood the host.
 */
final class GuestBridge implements ProxyExecutable {
  private static final int MAX_LOGS = 200;
  private static final int MAX_TEXT = 4_000;
  private static final long PROGRESS_GAP_NANOS = 20_000_000;

  private final HostLink link;
  private String callId = "";
  private int logs;
  private long lastProgress;
  private long requests;

  GuestBridge(HostLink link) {
    this.link = link;
  }

  void begin(String id) {
    callId = id;
    logs = 0;
    lastProgress = System.nanoTime() - PROGRESS_GAP_NANOS;
  }

  @Override
  public Object execute(Value... arguments) {
    String text = arguments[1].asString();
    switch (arguments[0].asString()) {
      case "progress" -> progress(text, arguments[2].asDouble(), arguments[3].asDouble());
      case "log" -> log(text, arguments[2].asString());
      default -> {
        return ask(text, arguments[2].asString());
      }
    }
    return true;
  }

  private void progress(String message, double done, double total) {
    long now = System.nanoTime();
    if (now - lastProgress < PROGRESS_GAP_NANOS) {
      return;
    }
    lastProgress = now;
    link.send(
        new JsonLine("progress")
            .put("id", callId)
            .put("progress", done)
            .put("total", total)
            .put("message", cut(message)));
  }

  private void log(String message, String level) {
    if (logs++ < MAX_LOGS) {
      link.send(
          new JsonLine("log")
              .put("id", callId)
              .put("level", cut(level))
              .put("message", cut(message)));
    }
  }

  private Object ask(String operation, String payload) {
    try {
      Map<String, Object> answer =
          link.ask(
              new JsonLine("bridge")
                  .put("id", callId)
                  .put("request", ++requests)
                  .put("operation", cut(operation))
                  .put("payload", payload));
      boolean ok = Boolean.TRUE.equals(answer.get("ok"));
      return ProxyArray.fromArray(ok, String.valueOf(answer.get(ok ? "payload" : "message")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ProxyArray.fromArray(false, "The request was interrupted.");
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
