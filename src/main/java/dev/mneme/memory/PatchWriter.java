package dev.mneme.memory;

import dev.mneme.memory.edit.ApplyPatch;
import dev.mneme.memory.edit.PatchStep;
import dev.mneme.memory.journal.Change;
import dev.mneme.memory.journal.Unit;
import dev.mneme.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Applies patches over several blocks, all or nothing. */
final class PatchWriter {
  private final BlockWriter writer;

  PatchWriter(BlockWriter writer) {
    this.writer = writer;
  }

  EditResult apply(
      Tx tx, Unit unit, String agentId, ApplyPatch patch, OptionalLong expected, Change change) {
    List<PatchStep> steps = patch.steps();
    if (expected.isPresent()) {
      writer.requireFresh(tx, BlockLists.byLabel(tx, agentId, patch.label()), expected);
    }
    List<Block> blocks = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (PatchStep step : steps) {
      switch (step) {
        case PatchStep.Add add -> {
          Block block =
              writer.create(
                  tx, unit, BlockDraft.of(add.label(), add.value(), add.description().orElse("")));
          writer.attach(tx, unit, agentId, block.id());
          blocks.add(block);
          done.add("added '" + add.label() + "'");
        }
        case PatchStep.Delete delete -> {
          Block block = BlockLists.byLabel(tx, agentId, delete.label());
          writer.requireWritable(block, change);
          writer.detach(tx, unit, agentId, block.id());
          done.add("removed '" + delete.label() + "'");
        }
        case PatchStep.Update update -> {
          Block block = BlockLists.byLabel(tx, agentId, update.label());
          writer.requireWritable(block, change);
          Block after =
              block
                  .withLabel(update.newLabel().orElse(block.label()))
                  .withValue(update.apply(block.value()));
          blocks.add(writer.put(tx, unit, patch.operation(), block, after));
          done.add(
              "updated '"
                  + update.label()
                  + "'"
                  + update.newLabel().map(label -> " as '" + label + "'").orElse(""));
        }
      }
    }
    boolean single = steps.size() == 1 && blocks.size() == 1;
    return new EditResult(
        unit.lastSequence(),
        blocks,
        single ? blocks.getFirst().value() : "Patch applied: " + String.join(", ", done) + ".");
  }
}
