package dev.mneme.memory.edit;

import java.util.List;
import java.util.Optional;

/** What a patch does to one block. */
public sealed interface PatchStep {
  String label();

  record Add(String label, Optional<String> description, String value) implements PatchStep {}

  record Delete(String label) implements PatchStep {}

  /** Changes the text, and with a new label moves the block to it. */
  record Update(String label, Optional<String> newLabel, List<Hunk> hunks) implements PatchStep {
    public Update {
      hunks = List.copyOf(hunks);
    }

    public String apply(String value) {
      String text = value;
      for (Hunk hunk : hunks) {
        text = hunk.apply(label, text);
      }
      return text;
    }
  }
}
