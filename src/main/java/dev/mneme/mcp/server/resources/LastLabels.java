package dev.mneme.mcp.server.resources;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Under which labels blocks were last seen, for the most recently changed ones. Not thread-safe.
 */
final class LastLabels {
  private static final int MAX = 10_000;

  private final Map<String, String> byBlock =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MAX;
        }
      };

  /** Notes the present label, or that there is none, and returns the one before. */
  Optional<String> swap(String blockId, Optional<String> now) {
    return Optional.ofNullable(
        now.isPresent() ? byBlock.put(blockId, now.get()) : byBlock.remove(blockId));
  }
}
