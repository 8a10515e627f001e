/**
 * The edits that models make to blocks, with the semantics of the Letta memory tools: what each
 * does to a text, and which error tells the model how to go on.
 *
 * <p>Pure functions without a store; {@code memory} applies them to blocks. It may use {@code
 * common} and {@code memory.text}.
 */
@NullMarked
package dev.mneme.memory.edit;

import org.jspecify.annotations.NullMarked;
