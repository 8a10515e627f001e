package dev.mneme.mcp.server.catalog;

import java.util.List;
import java.util.stream.Stream;

/** Which tools clients are shown, out of those that can be called. Thread-safe. */
@FunctionalInterface
public interface Listing {
  /** All of them. */
  Listing WHOLE = (fixed, dynamic) -> Stream.concat(fixed.stream(), dynamic.stream()).toList();

  /**
   * The tools to show, which may be others than the given: what is shown can be called too, and
   * counts before what is not.
   *
   * @param fixed those that are always there
   * @param dynamic those that come and go, none of them with a name of the former
   */
  List<McpTool> of(List<McpTool> fixed, List<McpTool> dynamic);
}
