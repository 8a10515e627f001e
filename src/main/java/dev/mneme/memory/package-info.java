/**
 * What agents remember: blocks, archives and passages, and the journal of every change to them.
 *
 * <p>It owns the tables of all four and is the only writer of the journal. It may use {@code
 * store}, {@code secret} and {@code common}; it declares {@link dev.mneme.memory.PassageIndex},
 * which {@code search} implements.
 */
@NullMarked
package dev.mneme.memory;

import org.jspecify.annotations.NullMarked;
