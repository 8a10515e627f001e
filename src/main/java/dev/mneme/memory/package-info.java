/**
 * What agents remember: blocks, archives and passages, what is attached to whom, and the text a
 * model reads.
 *
 * <p>Every change goes through {@code memory.journal}, which history, undo and redaction come from.
 * It may use {@code store} and {@code common} besides its sub-packages; it declares {@link
 * dev.mneme.memory.PassageIndex}, which {@code search} implements.
 */
@NullMarked
package dev.mneme.memory;

import org.jspecify.annotations.NullMarked;
