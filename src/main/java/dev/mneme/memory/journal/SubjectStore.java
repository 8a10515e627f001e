package dev.mneme.memory.journal;

import dev.mneme.store.Reads;
import dev.mneme.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table of one kind of subject. Every change, undo and redaction goes through {@link #apply},
 * so that the table always is what the journal says.
 *
 * <p>Stateless and thread-safe; the order of the stores given to the journal is the order in which
 * subjects are made (those referred to come first), and the reverse is the order of their removal.
 */
public interface SubjectStore {
  String kind();

  /** The fields that a merge may combine as text; all others are taken whole. */
  Set<String> textFields();

  Optional<State> current(Reads reads, String id);

  /**
   * Inserts, replaces or removes the row.
   *
   * @throws dev.mneme.common.MnemeException when the state breaks a rule of its kind, such as a
   *     limit or a unique name
   */
  void apply(Tx tx, String id, Optional<State> state, Stamp stamp);

  /**
   * Refuses an undo that its author may not make, such as an agent's of a read-only block.
   *
   * @param current what the table holds
   */
  default void requireMayUndo(Optional<State> current, Change change) {}

  /**
   * The agents whose memory a change of this subject touches. They are the same before and after
   * its change: who holds something is a subject of its own.
   */
  List<String> agents(Reads reads, String id);

  /** The ids of the present rows in their order, after the one given; for verification. */
  List<String> ids(Reads reads, String afterId, int limit);

  /** The state with a text replaced wherever it stands; the result must obey the kind's rules. */
  default State redacted(State state, Redaction redaction) {
    return redaction.applyTo(state);
  }
}
