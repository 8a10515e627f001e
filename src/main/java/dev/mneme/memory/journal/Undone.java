package dev.mneme.memory.journal;

import java.util.List;

/**
 * What an undo did.
 *
 * @param undone the entries taken back
 * @param sequences the new entries; give one to undo again (redo)
 * @param subjects what changed
 */
public record Undone(List<Long> undone, List<Long> sequences, List<Subject> subjects) {
  public Undone {
    undone = List.copyOf(undone);
    sequences = List.copyOf(sequences);
    subjects = List.copyOf(subjects);
  }
}
