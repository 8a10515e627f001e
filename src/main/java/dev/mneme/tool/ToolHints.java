package dev.mneme.tool;

/**
 * What a caller may assume of a tool, as MCP's annotations say it. Hints, not guarantees.
 *
 * @param readOnly it changes nothing outside itself
 * @param destructive it may destroy something
 * @param idempotent calling it twice with the same arguments does what calling it once does
 * @param openWorld it reaches outside systems
 */
public record ToolHints(
    boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
  /** True of every function that runs with all permissions denied. */
  public static final ToolHints PURE = new ToolHints(true, false, true, false);

  /** Of a tool of which nothing is known. */
  public static final ToolHints ANYTHING = new ToolHints(false, true, false, true);
}
