package dev.mneme.engine.rules;

import java.util.List;

/**
 * The tools that may be called next.
 *
 * @param forced whether one of them has to be called
 */
public record Allowed(List<String> tools, boolean forced) {
  public Allowed {
    tools = List.copyOf(tools);
  }
}
