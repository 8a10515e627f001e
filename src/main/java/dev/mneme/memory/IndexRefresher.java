package dev.mneme.memory;

import dev.mneme.memory.journal.ChangeListener;
import dev.mneme.memory.journal.Changed;
import dev.mneme.memory.journal.Subject;
import java.util.List;

/** Makes the index follow every change of passages, undo and redaction included. */
record IndexRefresher(PassageIndex index) implements ChangeListener {
  @Override
  public void changed(Changed changed) {
    List<String> passages =
        changed.subjects().stream()
            .filter(subject -> subject.kind().equals(Passage.KIND))
            .map(Subject::id)
            .distinct()
            .toList();
    if (!passages.isEmpty()) {
      index.refresh(passages, changed.sequence());
    }
  }
}
