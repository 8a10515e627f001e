package dev.mneme.api.memory;

import dev.mneme.agent.Starting;
import dev.mneme.api.http.Body;
import dev.mneme.memory.Block;
import dev.mneme.memory.BlockDraft;
import dev.mneme.memory.BlockUpdate;
import java.util.List;
import java.util.Map;

/** Reads what clients send about blocks. */
public final class BlockBodies {
  private BlockBodies() {}

  public static BlockDraft draft(Body body) {
    String label = body.requireText("label");
    return new BlockDraft(
        label,
        body.requireText("value"),
        body.text("description").or(() -> Starting.description(label)).orElse(""),
        body.integer("limit").orElse(Block.DEFAULT_LIMIT),
        body.flag("read_only").orElse(false),
        body.map("metadata").orElse(Map.of()),
        body.texts("tags").orElse(List.of()));
  }

  public static BlockUpdate update(Body body) {
    return new BlockUpdate(
        body.text("label"),
        body.text("value"),
        body.text("description"),
        body.integer("limit"),
        body.flag("read_only"),
        body.map("metadata"),
        body.texts("tags"));
  }
}
