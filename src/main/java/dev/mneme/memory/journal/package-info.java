/**
 * The journal: one row for every change of something remembered, chained with a keyed code, and
 * what comes from it: history, reads as of a moment, undo, redo, redaction and verification.
 *
 * <p>It knows no block and no agent: what can change is a subject with a state in JSON, and a
 * {@link dev.mneme.memory.journal.SubjectStore} puts a state into its table. It may use {@code
 * store}, {@code common} and {@code memory.text}.
 */
@NullMarked
package dev.mneme.memory.journal;

import org.jspecify.annotations.NullMarked;
