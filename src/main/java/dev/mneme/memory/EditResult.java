package dev.mneme.memory;

import java.util.List;

/**
 * What an edit did.
 *
 * @param sequence the journal sequence of its last change; give it to undo
 * @param blocks the blocks as they are now, in the order of the edit
 * @param message what to tell the model: the new value of a single block, else a sentence
 */
public record EditResult(long sequence, List<Block> blocks, String message) {
  public EditResult {
    blocks = List.copyOf(blocks);
  }
}
