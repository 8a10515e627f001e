/**
 * Runs, their steps and events: a task is given to it, runs alone in its conversation, can be
 * watched and cancelled, and leaves a record. It knows no engine. It may use {@code message} for
 * what is told, {@code model} for token counts, {@code store} and {@code common}.
 */
@NullMarked
package dev.mneme.run;

import org.jspecify.annotations.NullMarked;
