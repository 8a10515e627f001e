/**
 * Anthropic's messages protocol, with thoughts that go back unchanged and a cached prefix.
 *
 * <p>It may use {@code model}, {@code model.http} and {@code common}.
 */
@NullMarked
package dev.mneme.model.anthropic;

import org.jspecify.annotations.NullMarked;
