package dev.mneme.mcp.client.wire;

/** Hears how far a call is. Returns quickly. */
@FunctionalInterface
public interface Progress {
  Progress NONE = (progress, total, message) -> {};

  void told(double progress, double total, String message);
}
