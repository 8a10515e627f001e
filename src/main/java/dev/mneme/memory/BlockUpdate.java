package dev.mneme.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to change about a block; absent parts stay as they are. */
public record BlockUpdate(
    Optional<String> label,
    Optional<String> value,
    Optional<String> description,
    Optional<Integer> limit,
    Optional<Boolean> readOnly,
    Optional<Map<String, Object>> metadata,
    Optional<List<String>> tags) {
  public static BlockUpdate none() {
    return new BlockUpdate(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public BlockUpdate withValue(String text) {
    return new BlockUpdate(label, Optional.of(text), description, limit, readOnly, metadata, tags);
  }

  public BlockUpdate withLabel(String text) {
    return new BlockUpdate(Optional.of(text), value, description, limit, readOnly, metadata, tags);
  }

  public BlockUpdate withDescription(String text) {
    return new BlockUpdate(label, value, Optional.of(text), limit, readOnly, metadata, tags);
  }

  public BlockUpdate withLimit(int characters) {
    return new BlockUpdate(
        label, value, description, Optional.of(characters), readOnly, metadata, tags);
  }

  public BlockUpdate withReadOnly(boolean only) {
    return new BlockUpdate(label, value, description, limit, Optional.of(only), metadata, tags);
  }

  Block applyTo(Block block) {
    return new Block(
        block.id(),
        label.orElse(block.label()),
        value.orElse(block.value()),
        description.orElse(block.description()),
        limit.orElse(block.limit()),
        readOnly.orElse(block.readOnly()),
        metadata.orElse(block.metadata()),
        tags.orElse(block.tags()),
        block.createdAt(),
        block.updatedAt(),
        block.sequence());
  }
}
