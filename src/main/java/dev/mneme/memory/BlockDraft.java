package dev.mneme.memory;

import java.util.List;
import java.util.Map;

/** What a new block is made of; see {@link Block}. */
public record BlockDraft(
    String label,
    String value,
    String description,
    int limit,
    boolean readOnly,
    Map<String, Object> metadata,
    List<String> tags) {
  public static BlockDraft of(String label, String value, String description) {
    return new BlockDraft(
        label, value, description, Block.DEFAULT_LIMIT, false, Map.of(), List.of());
  }
}
