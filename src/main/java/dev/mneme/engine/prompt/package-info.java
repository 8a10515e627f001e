/**
 * What a model reads: base instructions by agent type, the compiled system prompt, and the forms in
 * which messages, tool returns and events are packed.
 *
 * <p>Deterministic: the same rows give the same text, so that providers can cache the prefix. It
 * may use {@code agent}, {@code memory}, {@code message} and {@code model} for their records.
 */
@NullMarked
package dev.mneme.engine.prompt;

import org.jspecify.annotations.NullMarked;
