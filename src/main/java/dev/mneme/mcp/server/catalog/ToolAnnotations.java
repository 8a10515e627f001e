package dev.mneme.mcp.server.catalog;

import dev.mneme.tool.ToolHints;

/**
 * What a host may assume of a tool before it asks its user. Hints, not guarantees.
 *
 * @param readOnly changes nothing
 * @param destructive may overwrite or remove something
 * @param idempotent calling it again with the same arguments changes nothing more
 * @param openWorld reaches systems outside this server
 */
public record ToolAnnotations(
    boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
  /** As the tool's author says them. */
  public static ToolAnnotations of(ToolHints hints) {
    return new ToolAnnotations(
        hints.readOnly(), hints.destructive(), hints.idempotent(), hints.openWorld());
  }

  /** Only looks. */
  public static final ToolAnnotations READ = new ToolAnnotations(true, false, true, false);

  /** Adds something each time. */
  public static final ToolAnnotations ADD = new ToolAnnotations(false, false, false, false);

  /** Overwrites or removes something; the second call finds nothing more to do or fails. */
  public static final ToolAnnotations CHANGE = new ToolAnnotations(false, true, false, false);
}
