package dev.mneme.mcp.server.catalog;

import java.util.List;
import java.util.stream.Stream;

/** What a token has to allow for a tool. Keys, and callers who need none, may do everything. */
public enum Scope {
  /** Looking at memory: blocks, passages, history. */
  MEMORY_READ("memory:read"),
  /** Changing memory, and taking changes back. */
  MEMORY_WRITE("memory:write"),
  /** Talking to agents, thinking for them, making them; they use their own tools and memory. */
  AGENTS("agents"),
  /** Running scripts and tools. */
  TOOLS("tools:run");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** As tokens have it. */
  public String text() {
    return text;
  }

  /** All, as tokens have them. */
  public static List<String> texts() {
    return Stream.of(values()).map(Scope::text).toList();
  }
}
