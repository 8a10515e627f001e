/**
 * Messages of agents and the part of them that is in context.
 *
 * <p>Every message that was ever said stays and can be searched; what a model sees is an ordered
 * list of ids that begins with the system message. It may use {@code model} for the vocabulary of
 * contents, {@code memory.journal} for origins, {@code store} and {@code common}.
 */
@NullMarked
package dev.mneme.message;

import org.jspecify.annotations.NullMarked;
