/**
 * Providers that speak OpenAI's chat-completions protocol: OpenAI itself, and everything that
 * imitates it, with the differences that matter.
 *
 * <p>It may use {@code model}, {@code model.http} and {@code common}.
 */
@NullMarked
package dev.mneme.model.openai;

import org.jspecify.annotations.NullMarked;
