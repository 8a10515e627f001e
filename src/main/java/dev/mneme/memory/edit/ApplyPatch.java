package dev.mneme.memory.edit;

import java.util.List;

/**
 * {@code memory_apply_patch}: a simple unified diff of one block, or with {@code *** Update Block:}
 * headers of several.
 *
 * @param label the block meant where the patch has no headers
 */
public record ApplyPatch(String label, String patch) implements BlockEdit {
  @Override
  public String operation() {
    return "memory_apply_patch";
  }

  public List<PatchStep> steps() {
    return PatchReader.read(label, patch);
  }
}
